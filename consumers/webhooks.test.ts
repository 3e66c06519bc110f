import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createNodeMiddleware, Webhooks } from '@octokit/webhooks'
import { Ajv } from 'ajv'
import { startGitHub } from '../__tests__/support/scenario.ts'
import { runSteps, sh, use } from '../__tests__/support/steps.ts'
import { deliverTo, type LocalGitHub } from '../simulator/github/index.ts'
import { githubSchemas } from './github-description.ts'

// A webhook receiver with Octokit's library, which verifies the signature of each delivery.

const silent = () => undefined
const log = { debug: silent, info: silent, warn: silent, error: silent }
const webhooks = new Webhooks({ secret: 's3cret', log })
const received: string[] = []
const payloads: { event: string; payload: unknown }[] = []
const server = createServer(createNodeMiddleware(webhooks, { path: '/hook', log }))

webhooks.on('deployment.created', ({ payload: { deployment } }) => {
  received.push(`deployment ${deployment.environment} ${deployment.task}`)
})
webhooks.on('deployment_status.created', ({ payload: { deployment_status: status } }) => {
  received.push(`${status.state} ${status.environment} ${status.log_url === '' ? 'no log' : 'log'}`)
})
webhooks.onAny(({ name, payload }) => void payloads.push({ event: name, payload }))

beforeAll(() => new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => void server.close())

/** Runs the steps. Returns the statuses of the deliveries. */
async function deliveriesOf(
  github: LocalGitHub,
  steps: Parameters<typeof runSteps>[1],
  secret = 's3cret'
): Promise<readonly number[]> {
  received.length = 0
  payloads.length = 0
  const url = `http://127.0.0.1:${Object(server.address()).port}/hook`
  const deliveries = deliverTo(github, { url, secret })
  await runSteps(github, steps)
  return deliveries.stop()
}

test('a receiver gets the deployment and each status', async () => {
  const github = await startGitHub()
  const statuses = await deliveriesOf(github, [use({ environment: 'qa' }), sh('exit 1')])
  expect(statuses).toEqual([200, 200, 200])
  expect(received).toEqual(['deployment qa deploy', 'in_progress qa log', 'failure qa log'])
})

test('the payloads are valid by the API description of GitHub', async () => {
  const github = await startGitHub()
  await deliveriesOf(github, [use({ environment: 'qa' })])
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateFormats: false })
  ajv.addSchema(githubSchemas(), 'github')
  const problems = payloads.flatMap(({ event, payload }) => {
    const schema = `webhook-${event.replace('_', '-')}-created`
    const validate = ajv.compile({ $ref: `github#/components/schemas/${schema}` })
    return validate(payload) ? [] : (validate.errors ?? [])
  })
  expect(problems.map(each => `${each.instancePath} ${each.message}`)).toEqual([])
  expect(payloads).toHaveLength(3)
})

test('a delivery with another secret is refused', async () => {
  const github = await startGitHub()
  expect(await deliveriesOf(github, [use({ environment: 'qa' })], 'other')).toEqual([400, 400, 400])
  expect(received).toEqual([])
})
