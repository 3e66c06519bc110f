import { join } from 'node:path'
import { event } from '../simulator/events/index.ts'
import type { Conclusion, Line, RunnerEvent } from '../simulator/runner/index.ts'

/** One run of a workflow, and what GitHub has to show after it. */
export interface Story {
  readonly title: string
  /** Path from the repository's root. */
  readonly workflow: string
  readonly event: RunnerEvent
  readonly cancelWhen?: (line: Line) => boolean
  /** How the run ends. */
  readonly conclusion: Conclusion
  /** The states of the story's deployment, oldest first. */
  readonly states: readonly string[]
  readonly environmentUrl: string
}

const COMMITS = ['1', '2', '3', '4'].map(digit => digit.repeat(40))
const [first, second, third, fourth] = COMMITS
export const MERGED = '5'.repeat(40)
export const KNOWN_COMMITS = [...COMMITS, MERGED]

const pushed = (sha = '') => event('push', { branch: 'main', sha })
const folder = 'demo'

/** The five stories that the demo tells, in their order. The closed pull request closes at `now`. */
export const storiesAt = (now: () => number): readonly (() => Story)[] => [
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
    title: 'Another one is cancelled',
    workflow: join(folder, 'cancelled.yml'),
    event: pushed(third),
    cancelWhen: line => line.text.startsWith('Uploading'),
    conclusion: 'cancelled',
    states: ['in_progress', 'inactive'],
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
    title: 'The pull request is closed and its preview is retired',
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
    // GitHub's times have one second of resolution, and the demo is quicker than that.
    payload: { pull_request: { closed_at: new Date(time + 1000).toISOString() } }
  })
