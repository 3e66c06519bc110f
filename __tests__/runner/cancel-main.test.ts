import { expect, test } from '@jest/globals'
import { annotationsOf } from '../support/act.ts'
import { startGitHub, type TestGitHub } from '../support/scenario.ts'
import { openJob } from '../support/stage-process.ts'

interface Moment {
  /** The operation of the request. */
  readonly request: string
  readonly inputs?: Readonly<Record<string, string>>
  /** Whether GitHub has processed it when the signal arrives. */
  readonly isDone: boolean
}

const CREATE = 'POST /repos/{owner}/{repo}/deployments'
const STATUS = 'POST /repos/{owner}/{repo}/deployments/{deployment_id}/statuses'
const MOMENTS: readonly Moment[] = [CREATE, 'graphql query Deployments', STATUS].flatMap(request =>
  [false, true].map(isDone => ({ request, isDone }))
)

/** Sends a signal to main while GitHub holds a request, and then runs post as in a canceled job. */
async function cancelledAt(
  github: TestGitHub,
  signal: NodeJS.Signals,
  { request: name, inputs = {}, isDone }: Moment
): Promise<{ signal: string | null; post: number | null; state: string }> {
  const job = openJob(github)
  const given: Readonly<Record<string, string>> = { environment: 'qa', ...inputs }
  const main = job.start('main', given)
  let isHeld = false
  const stop = github.intercept(async (request, proceed, closed) => {
    const isFinal = Object(request.body).state === 'success'
    const isMeant = request.operation === name && (given['run'] === undefined || isFinal)
    if (!isMeant || isHeld) return undefined
    isHeld = true
    if (isDone) await proceed()
    const gone = new Promise(resolve => closed.addEventListener('abort', resolve, { once: true }))
    main.kill(signal)
    await gone
    return 'reset'
  })
  const ended = await main.ended
  stop()
  expect(isHeld).toBe(true)
  const late = { ...given, 'job-status': 'cancelled' }
  const post = await job.post(late, ended)
  expect(annotationsOf(post, 'warning')).toEqual([])
  const [deployment, ...others] = github.store.deployments()
  expect(others).toEqual([])
  return {
    signal: ended.signal,
    post: post.exitCode,
    state: deployment ? github.store.stateOf(deployment.id) : 'no deployment'
  }
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s during each request of main: post leaves a finished deployment, or none',
  async signal => {
    const ends = await Promise.all(
      MOMENTS.map(async moment => {
        const { state, ...rest } = await cancelledAt(await startGitHub(), signal, moment)
        expect(rest).toEqual({ signal, post: 0 })
        return `${moment.request.split(/[ /]/).at(-1)} ${moment.isDone ? 'done' : 'not done'}: ${state}`
      })
    )
    expect(ends).toEqual([
      'deployments not done: no deployment',
      'deployments done: failure',
      // Sent at the same time as the create, which may or may not be done when main ends.
      expect.stringMatching(/^Deployments not done: (failure|no deployment)$/),
      expect.stringMatching(/^Deployments done: (failure|no deployment)$/),
      'statuses not done: failure',
      'statuses done: failure'
    ])
  }
)

test('a signal while main posts the result of a command: post posts it', async () => {
  const ends = await Promise.all(
    [false, true].map(async isDone =>
      cancelledAt(await startGitHub(), 'SIGINT', {
        request: STATUS,
        inputs: { run: 'true' },
        isDone
      })
    )
  )
  const expected = { signal: 'SIGINT', post: 0, state: 'success' }
  expect(ends).toEqual([expected, expected])
})
