import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import type { RequestRecord } from '../../simulator/github/types.ts'
import type { ActionResult } from '../../simulator/runner/index.ts'
import { closeAtEnd } from './close-at-end.ts'
import { beginJob, type Job, type JobOptions } from './job.ts'
import { killableClock } from './killable-clock.ts'
import type { TestGitHub } from './scenario.ts'
import type { VirtualTime } from './virtual-clock.ts'

type Options = Partial<JobOptions>

/** Starts a job in this process, which ends after the test: a push to main, unless the options say otherwise. */
export function startJob(github: LocalGitHub & { time?: VirtualTime }, options: Options = {}): Job {
  const job = beginJob(github, { event: event('push'), ...options })
  closeAtEnd({ close: job.end })
  return job
}

/** Runs stages of one job in this process: a push to main, unless the options say otherwise. */
export async function inOneJob<T>(github: LocalGitHub, options: Options, work: (job: Job) => Promise<T>): Promise<T> {
  const job = beginJob(github, { event: event('push'), ...options })
  try {
    return await work(job)
  } finally {
    job.end()
  }
}

/** Runs the main stage of one step in a separate job. */
export const runMain = (
  github: LocalGitHub,
  inputs: Readonly<Record<string, string>>,
  options: Options = {}
): Promise<ActionResult> => inOneJob(github, options, job => job.main(inputs))

/** Runs main and post of one step in a separate job. */
export const runBoth = (
  github: LocalGitHub,
  inputs: Readonly<Record<string, string>>,
  jobStatus: string,
  options: Options = {}
): Promise<{ main: ActionResult; post: ActionResult }> =>
  inOneJob(github, options, async job => {
    const main = await job.main(inputs)
    return { main, post: await job.post(main, jobStatus, inputs) }
  })

/**
 * Runs main until it is killed while a request is on the way. GitHub processes the request `lateMs` after it was sent, or
 * never. Only what main has saved is left.
 */
export async function killMain(
  { github, job }: { readonly github: TestGitHub; readonly job: Job },
  inputs: Readonly<Record<string, string>>,
  isLast: (request: RequestRecord) => boolean,
  lateMs?: number
): Promise<ActionResult> {
  const { time } = github
  const killing = killableClock(time.clock)
  let isOver = false
  github.intercept(async (request, proceed) => {
    if (isOver || !isLast(request)) return undefined
    isOver = true
    killing.kill()
    if (lateMs !== undefined) void time.sleep(lateMs).then(proceed)
    return 'reset'
  })
  const left = await job.main(inputs, killing)
  if (!isOver) throw new Error('main ended without the request at which it was to be killed')
  return left
}

/** Every write as `METHOD path`, in order. */
export const sentWrites = (github: LocalGitHub): string[] =>
  github.requests
    .filter(request => request.isWrite)
    .map(({ method, path, body }) => {
      const state = Object(body)['state']
      const short = path.replace(/^\/repos\/[^/]+\/[^/]+\//, '')
      return [method, short, ...(typeof state === 'string' ? [state] : [])].join(' ')
    })
