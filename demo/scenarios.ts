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
const [first = '', second = '', third = '', fourth = ''] = COMMITS
export const MERGED = '5'.repeat(40)
export const KNOWN_COMMITS = [...COMMITS, MERGED]

const pushed = (sha: string, message: string) =>
  event('push', { branch: 'main', sha, payload: { head_commit: { message, author: { username: 'monalisa' } } } })

const pullRequest = (action: 'opened' | 'closed', payload: object = {}) =>
  event('pull_request', {
    ...{ action, sha: fourth, branch: 'taxes' },
    payload: { pull_request: { title: 'Show prices with taxes', user: { login: 'monalisa' }, ...payload } }
  })
const folder = 'demo'

/** The five scenarios of the demo in order. `now` is the time at which the pull request is closed. */
export const scenariosAt = (now: () => number): readonly (() => Scenario)[] => [
  () => ({
    title: 'A push to main is deployed',
    workflow: join('examples', 'deploy.yml'),
    event: pushed(first, 'Add a page for orders'),
    conclusion: 'success',
    states: ['in_progress', 'success'],
    environmentUrl: 'https://www.example.com'
  }),
  () => ({
    title: 'The next deploy fails',
    workflow: join(folder, 'failing.yml'),
    event: pushed(second, 'Round totals the way invoices do'),
    conclusion: 'failure',
    states: ['in_progress', 'failure'],
    environmentUrl: ''
  }),
  () => ({
    title: 'The next deploy is canceled',
    workflow: join(folder, 'cancelled.yml'),
    event: pushed(third, 'Send receipts by email'),
    cancelWhen: line => line.text.startsWith('Uploading'),
    conclusion: 'cancelled',
    states: ['in_progress', 'failure'],
    environmentUrl: ''
  }),
  () => ({
    title: 'A pull request is opened and gets its preview',
    workflow: join('examples', 'preview.yml'),
    event: pullRequest('opened'),
    conclusion: 'success',
    states: ['in_progress', 'success'],
    environmentUrl: 'https://pr-2.example.com'
  }),
  () => ({
    title: 'The pull request is closed and its preview is deactivated',
    workflow: join('examples', 'preview.yml'),
    // GitHub's times have a resolution of one second, and the demo is faster than that.
    event: pullRequest('closed', { closed_at: new Date(now() + 1000).toISOString() }),
    conclusion: 'success',
    states: ['in_progress', 'success', 'inactive'],
    environmentUrl: 'https://pr-2.example.com'
  })
]
