import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { act } from '../support/act.ts'
import { closeAtEnd } from '../support/close-at-end.ts'
import { CERTIFICATE, startProxy, startTls } from '../support/proxy.ts'
import { ROOT, startGitHub, states } from '../support/scenario.ts'

/** A GitHub Enterprise Server that only the proxy can find. */
const HOST = 'github.example'
const ENV = {
  GITHUB_SERVER_URL: `https://${HOST}`,
  GITHUB_API_URL: `https://${HOST}/api/v3`,
  GITHUB_GRAPHQL_URL: `https://${HOST}/api/graphql`,
  NODE_EXTRA_CA_CERTS: join(ROOT, CERTIFICATE)
}
const inputs = { environment: 'qa' }

async function behindProxy(proxyUser = '') {
  const github = await startGitHub()
  const proxy = closeAtEnd(await startProxy(closeAtEnd(await startTls(github.origin)).port))
  return { github, proxy, env: { ...ENV, https_proxy: `http://${proxyUser}${proxy.host}` } }
}

test('every request of both stages goes through the proxy that the runner names', async () => {
  const { github, proxy, env } = await behindProxy()
  const main = await act(github, inputs, { env })
  expect(main.exitCode).toBe(0)
  const post = await act(github, inputs, { stage: 'post', state: main.state, env })
  expect(post.exitCode).toBe(0)
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(new Set(proxy.tunnels.map(tunnel => tunnel.host))).toEqual(new Set([`${HOST}:443`]))
  // A tunnel is kept for the next request.
  expect(proxy.tunnels.length).toBeLessThan(github.requests.length)
})

test('a proxy gets the user and password of its address, and never the token', async () => {
  const { github, proxy, env } = await behindProxy('me:p%40ss@')
  expect((await act(github, inputs, { env })).exitCode).toBe(0)
  const expected = `Basic ${btoa('me:p@ss')}`
  expect(new Set(proxy.tunnels.map(tunnel => tunnel.authorization))).toEqual(new Set([expected]))
})

test('a host in no_proxy is asked directly', async () => {
  const { github, proxy, env } = await behindProxy()
  const run = await act(github, { ...inputs, timeout: '1' }, { env: { ...env, no_proxy: HOST } })
  // Only the proxy can resolve the host.
  expect(run.exitCode).toBe(1)
  expect(run.stdout).toMatch(/ENOTFOUND|EAI_AGAIN/)
  expect(proxy.tunnels).toEqual([])
  expect(github.requests).toEqual([])
})

test('without a proxy both stages speak TLS to GitHub itself', async () => {
  const github = await startGitHub()
  const { port } = closeAtEnd(await startTls(github.origin))
  const origin = `https://127.0.0.1:${port}`
  const addresses = Object.fromEntries(
    Object.entries(github.env()).map(([name, url]) => [name, url.replace(github.origin, origin)])
  )
  const env = { ...addresses, NODE_EXTRA_CA_CERTS: ENV.NODE_EXTRA_CA_CERTS }
  const main = await act(github, inputs, { env })
  expect(main.exitCode).toBe(0)
  const post = await act(github, inputs, { stage: 'post', state: main.state, env })
  expect(post.exitCode).toBe(0)
  expect(states(github)).toEqual(['in_progress', 'success'])
})
