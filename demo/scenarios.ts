import { join } from 'node:path'
import { event } from '../simulator/events/index.ts'
import type { Conclusion, Line, RunnerEvent } from '../simulator/runner/index.ts'

/** One workflow run and the expected result. */
export interface Scenario {
  readonly title: string
  /** Path relative to the repository's root. */
  readonly workflow: string
  readonly event: RunnerEvent
  readonly cancelWhen?: (line: Line) => boolean
  /** The expected conclusion of the run. */
  readonly conclusion: Conclusion
  /** The expected states of the deployment, oldest first. */
  readonly states: readonly string[]
  readonly environmentUrl: string
}

const COMMITS = ['1', '2', '3', '4'].map(digit => digit.repeat(40))
const [first, second, third, fourth] = COMMITS
export const MERGED = '5'.repeat(40)
export const KNOWN_COMMITS = [...COMMITS, MERGED]

const pushed = (sha = '') => event('push', { branch: 'main', sha })
const folder = 'demo'

/** The five scenarios of the demo in order. `now` is the time at which the pull request is closed. */
export const scenariosAt = (now: () => number): readonly (() => Scenario)[] => [
  () => ({
    title: 'A push to main is deployed',
    workflow: join('examples', 'deploy.yml'),
    event: pushed(first),
    conclusion: 'success',
    states: ['in_progress', 'success'],
    environmentUrl: 'https://www.example.com'
  }),
  () => ({
    title: 'The next deploy fails',
    workflow: join(folder, 'failing.yml'),
    event: pushed(second),
    conclusion: 'failure',
    states: ['in_progress', 'failure'],
    environmentUrl: ''
  }),
  () => ({
    title: 'The next deploy is canceled',
    workflow: join(folder, 'cancelled.yml'),
    event: pushed(third),
    cancelWhen: line => line.text.startsWith('Uploading'),
    conclusion: 'cancelled',
    states: ['in_progress', 'failure'],
    environmentUrl: ''
  }),
  () => ({
    title: 'A pull request is opened and gets its preview',
    workflow: join('examples', 'preview.yml'),
    event: event('pull_request', { action: 'opened', ...(fourth && { sha: fourth }) }),
    conclusion: 'success',
    states: ['in_progress', 'success'],
    environmentUrl: 'https://pr-2.example.com'
  }),
  () => ({
    title: 'The pull request is closed and its preview is deactivated',
    workflow: join('examples', 'preview.yml'),
    event: closedAt(now()),
    conclusion: 'success',
    states: ['in_progress', 'success', 'inactive'],
    environmentUrl: 'https://pr-2.example.com'
  })
]

const closedAt = (time: number) =>
  event('pull_request', {
    action: 'closed',
    ...(fourth && { sha: fourth }),
    // GitHub's times have a resolution of one second, and the demo is faster than that.
    payload: { pull_request: { closed_at: new Date(time + 1000).toISOString() } }
  })
