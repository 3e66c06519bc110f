import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from '@jest/globals'
import { startGitHub } from '../support/story.ts'
import { type Enterprise, STORIES } from './support/enterprise-stories.ts'
import { type ProxyServer, startProxy } from './support/proxy.ts'
import { HOST, startTlsFront } from './support/tls-front.ts'

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function server(options: Parameters<typeof startGitHub>[0] = {}): Promise<Enterprise> {
  const github = await startGitHub(options)
  const writable = options.graphql === 'off' ? 8 : 130
  return { github, env: { ...github.env('ghes') }, serverUrl: github.origin, writable }
}

/** The same over HTTPS, and a proxy that leads there. */
async function serverBehindProxy(): Promise<Enterprise & { proxy: ProxyServer }> {
  const folder = mkdtempSync(join(tmpdir(), 'enterprise-'))
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
  const github = await startGitHub()
  const front = await startTlsFront(folder, github.origin)
  ends.push(front.close)
  const proxy = await startProxy(folder)
  ends.push(proxy.stop)
  const env = {
    GITHUB_SERVER_URL: front.origin,
    GITHUB_API_URL: `${front.origin}/api/v3`,
    GITHUB_GRAPHQL_URL: `${front.origin}/api/graphql`,
    NODE_EXTRA_CA_CERTS: front.certificate,
    https_proxy: `http://127.0.0.1:${proxy.port}`,
    no_proxy: 'elsewhere.example.com'
  }
  return { github, env, serverUrl: front.origin, writable: 130, proxy }
}

for (const [title, story] of Object.entries(STORIES)) {
  describe(title, () => {
    test('on an Enterprise Server', async () => {
      const enterprise = await server()
      await story(enterprise)
      const { requests } = enterprise.github
      expect(requests.filter(request => request.flavour !== 'ghes')).toEqual([])
    })

    test('on one that refuses GraphQL', async () => {
      await story(await server({ graphql: 'off' }))
    })

    test('on GHE.com, whose pages are elsewhere than its API', async () => {
      const enterprise = await server()
      const serverUrl = 'https://octocorp.ghe.com'
      const env = { ...enterprise.github.env(), GITHUB_SERVER_URL: serverUrl }
      await story({ ...enterprise, env, serverUrl })
    })

    test('behind a proxy', async () => {
      const enterprise = await serverBehindProxy()
      await story(enterprise)
      const { host } = new URL(enterprise.serverUrl)
      const asked = new Set(enterprise.proxy.asked())
      expect(asked).toEqual(new Set([`CONNECT ${host}`]))
    })
  })
}

test('no_proxy leads around the proxy', async () => {
  const enterprise = await serverBehindProxy()
  const env = { ...enterprise.env, no_proxy: `elsewhere.example.com,${HOST}` }
  for (const story of Object.values(STORIES).slice(0, 1)) await story({ ...enterprise, env })
  expect(enterprise.proxy.asked()).toEqual([])
})
