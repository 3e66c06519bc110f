import { expect, test } from '@jest/globals'
import { isStatus } from '../support/catalogue.ts'
import { runBoth, runMain } from '../support/one-job.ts'
import { failureOf, warningsOf } from '../support/results.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { lastStatus } from '../support/steps.ts'
import { virtualTime } from '../support/virtual-clock.ts'

const GIVEN = {
  environment_url: 'https://qa.example.com',
  description: 'Version 7',
  log_url: 'https://ci.example.com/7'
}
const INPUTS = {
  environment: 'qa',
  'environment-url': GIVEN.environment_url,
  description: GIVEN.description,
  'log-url': GIVEN.log_url
}

/** GitHub's answer to a status with fields that it does not take. */
const rejection = (body: unknown, fields: readonly string[]) => {
  const errors = fields
    .filter(field => Object.hasOwn(Object(body), field))
    .map(field => ({ resource: 'DeploymentStatus', code: 'custom', field, message: `${field} is not allowed` }))
  return errors.length > 0 ? { status: 422, body: { message: 'Validation Failed', errors } } : undefined
}

test.each([[['environment_url']], [['log_url']], [['description']], [['log_url', 'environment_url']]])(
  'a status is sent once more without the fields that GitHub rejects: %j',
  async fields => {
    const github = await startGitHub()
    github.intercept(request => (isStatus(request) ? rejection(request.body, fields) : undefined))
    const { main, post } = await runBoth(github, INPUTS, 'success')
    expect(failureOf(main)).toBeUndefined()
    expect(states(github)).toEqual(['in_progress', 'success'])
    const { environmentUrl, description, logUrl } = lastStatus(github) ?? {}
    const sent = { environment_url: environmentUrl, description, log_url: logUrl }
    expect(sent).toEqual({ ...GIVEN, ...Object.fromEntries(fields.map(field => [field, ''])) })
    for (const warnings of [main, post].map(warningsOf)) {
      expect(warnings).toEqual([expect.stringContaining(`posted without ${fields.toSorted().join(' and ')}`)])
      expect(warnings[0]).toContain(`${fields[0]} is not allowed`)
    }
  }
)

test('a status that GitHub rejects without the field as well is an error, after two attempts', async () => {
  const github = await startGitHub()
  const body = { message: 'Validation Failed', errors: [{ field: 'description', code: 'invalid' }] }
  github.intercept(request => (isStatus(request) ? { status: 422, body } : undefined))
  const main = await runMain(github, INPUTS)
  expect(failureOf(main)).toContain('description is invalid')
  expect(github.requests.filter(request => isStatus(request))).toHaveLength(2)
})

test('a read of the previous deployment that hangs costs 2 s after the create, and is a warning', async () => {
  const time = virtualTime()
  const github = await startGitHub({ now: time.now })
  github.intercept(async ({ operation }, _proceed, closed) => {
    if (operation === 'POST /repos/{owner}/{repo}/deployments') await time.hold(5_000, closed)
    if (operation === 'graphql query Deployments') await time.hold(60_000, closed)
    return undefined
  })
  const startedAt = time.now()
  const main = await time.drive(runMain(github, { environment: 'qa' }, { clock: time.clock }))
  expect(time.now() - startedAt).toBe(7_000)
  expect([failureOf(main), ...states(github)]).toEqual([undefined, 'in_progress'])
  expect(warningsOf(main)).toEqual([expect.stringContaining('The previous deployment of "qa" could not be read')])
})
