import { afterAll, expect, test } from '@jest/globals'
import { startGitHub, states } from '../support/scenario.ts'
import { runSteps, use } from '../support/steps.ts'
import { startNetwork } from './support/network.ts'

// These tests check the network of `ghes-behind-proxy` itself.
const network = await startNetwork()
afterAll(network.close)

const STEP = use({ environment: 'qa' })

test('all requests go through the proxy, with the host name that the runner uses', async () => {
  const github = await startGitHub({ listen: network.listen })
  const before = network.proxy.asked().length
  await runSteps(github, [STEP], { env: { ...network.env } })
  expect(states(github)).toEqual(['in_progress', 'success'])
  const asked = network.proxy.asked().slice(before)
  expect(new Set(asked)).toEqual(new Set([`CONNECT ${new URL(github.origin).host}`]))
  // Main and post are two processes. Each keeps its tunnel for later requests.
  expect(asked.length).toBeGreaterThan(1)
})

test('the server is not reached without the proxy', async () => {
  const github = await startGitHub({ listen: network.listen })
  const { hostname: no_proxy } = new URL(github.origin)
  const step = use({ environment: 'qa', timeout: '2' })
  const job = await runSteps(github, [step], { env: { ...network.env, no_proxy } })
  expect(job.conclusion).toBe('failure')
  expect(job.log).toContain('ECONNREFUSED')
  expect(github.requests).toEqual([])
})

test('no_proxy leads around the proxy', async () => {
  const { address: _, ...listen } = network.listen
  const github = await startGitHub({ listen })
  const before = network.proxy.asked().length
  const { hostname } = new URL(github.origin)
  const no_proxy = `elsewhere.example.com,${hostname}`
  await runSteps(github, [STEP], { env: { ...network.env, no_proxy } })
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(network.proxy.asked()).toHaveLength(before)
})
