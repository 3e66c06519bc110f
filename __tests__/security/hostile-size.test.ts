import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub, Scripted } from '../../simulator/github/index.ts'
import type { ActionResult, RunnerEvent } from '../../simulator/runner/index.ts'
import { onCreate } from '../support/catalogue.ts'
import { startJob } from '../support/one-job.ts'
import { failureOf, logOf, warningsOf } from '../support/results.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { virtualTime } from '../support/virtual-clock.ts'

const MEGABYTE = 1024 * 1024
const LINE = '::error::x ##[error]x <b>\u202e\n'
const huge = (megabytes: number): string => LINE.repeat(Math.ceil((megabytes * MEGABYTE) / LINE.length))

interface Scenario {
  readonly inputs?: Readonly<Record<string, string>>
  readonly event?: RunnerEvent
  readonly answer?: Scripted
}

// With virtual time, the stages run in this process: an input of megabytes does not fit into the variables of another one.
const begin = () => startGitHub({ time: virtualTime() })

/** Main and post of one job; what they say and keep is small, however large what they met. */
async function run(
  { inputs = {}, event: of = event('push'), answer }: Scenario,
  github?: LocalGitHub
): Promise<[main: ActionResult, post: ActionResult]> {
  const server = github ?? (await begin())
  if (answer) server.intercept(onCreate(answer))
  const job = startJob(server, { event: of })
  const began = performance.now()
  const main = await job.main({ environment: 'qa', ...inputs })
  const post = await job.post(main, 'success')
  expect(performance.now() - began).toBeLessThan(10_000)
  for (const stage of [main, post]) {
    const [failure = '', warnings, lines] = [failureOf(stage), warningsOf(stage), logOf(stage)]
    expect(Math.max(0, ...[failure, ...warnings].map(text => text.length))).toBeLessThanOrEqual(4096)
    expect([lines.length < 110, lines.every(line => line.length <= 1024)]).toEqual([true, true])
    expect(Math.max(0, ...warnings.map(text => text.split('\n').length))).toBeLessThanOrEqual(100)
    // The runner hands it to post in a variable, of which Linux takes 128 KiB.
    expect(Buffer.byteLength(JSON.stringify(stage.state))).toBeLessThan(100 * 1024)
    expect(Buffer.byteLength(stage.summary)).toBeLessThanOrEqual(128 * 1024)
  }
  return [main, post]
}

test('10 MB of description: cut, with one warning', async () => {
  const github = await begin()
  const [main] = await run({ inputs: { description: huge(10) } }, github)
  expect([failureOf(main), warningsOf(main)]).toEqual([
    undefined,
    [expect.stringContaining("description: truncated to 140 characters, GitHub's limit")]
  ])
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('a description of line breaks alone, as long as a variable can be, reaches post', async () => {
  const [main] = await run({ inputs: { description: `a${'\n'.repeat(120 * 1024)}b` } })
  expect(failureOf(main)).toBeUndefined()
})

test.each(['payload', 'environment', 'ref', 'task', 'environment-url', 'state', 'mode', 'token'])(
  '10 MB of %s: refused in a short line, nothing is sent',
  async name => {
    const github = await begin()
    const [main] = await run({ inputs: { [name]: huge(10) } }, github)
    expect(failureOf(main)).toMatch(new RegExp(`^${name}: `))
    expect(failureOf(main)?.length).toBeLessThan(500)
    expect(github.requests).toEqual([])
  }
)

test('a branch name of megabytes in the event: the deployment is made, and closed', async () => {
  const github = await begin()
  const of = event('pull_request', { branch: huge(3) })
  const [main] = await run({ event: of, inputs: { environment: '' } }, github)
  expect(failureOf(main)).toBeUndefined()
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test.each([4, 10])('a server message of %i MB', async megabytes => {
  const [main] = await run({
    inputs: { timeout: '20' },
    answer: { status: 422, body: { message: huge(megabytes), errors: [huge(1)] } }
  })
  expect(failureOf(main)).toMatch(/^Could not create the deployment/)
})

test('a reused deployment with URLs of 200 KB: the state for post stays small', async () => {
  const github = await begin()
  const url = `https://qa.example.com/${'x'.repeat(200 * 1024)}`
  const { id } = github.store.seedDeployment({ environment: 'qa', state: 'queued', environmentUrl: url, logUrl: url })
  const [main] = await run({ inputs: { environment: '', 'deployment-id': String(id) } }, github)
  expect(failureOf(main)).toBeUndefined()
  expect(states(github).at(-1)).toBe('success')
})

test('lists of 100 deployments with large payloads are read in pages of 10', async () => {
  const github = await begin()
  const payload = { notes: 'x'.repeat(100 * 1024) }
  const { id } = github.store.seedDeployment({ environment: 'qa', state: 'success', ref: 'main', payload })
  for (let count = 0; count < 119; count++) {
    github.store.seedDeployment({ environment: 'qa', state: 'inactive', ref: 'main', payload })
  }
  const [main] = await run({ inputs: { mode: 'deactivate', ref: 'main' } }, github)
  expect([failureOf(main), main.outputs['deactivated']]).toEqual([undefined, '1'])
  expect(github.store.stateOf(id)).toBe('inactive')
  const [start] = await run({}, github)
  expect(warningsOf(start)).toEqual([])
})
