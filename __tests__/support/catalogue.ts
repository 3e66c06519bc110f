import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub, LocalGitHubOptions, Scripted } from '../../simulator/github/index.ts'
import type { RequestRecord } from '../../simulator/github/types.ts'
import type { RunnerEvent } from '../../simulator/runner/index.ts'
import { beginJob, type Job, type Stage } from './in-process.ts'
import { startGitHub } from './scenario.ts'
import { type VirtualTime, virtualTime } from './virtual-clock.ts'

/** One way for a message to come about. */
export interface Tale {
  /** Its key in docs/troubleshooting.md, a part of the message; `…` stands for what differs. */
  readonly key: string
  readonly github?: LocalGitHubOptions
  readonly event?: RunnerEvent
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** Starts what is between the runner and GitHub. Returns the variables that lead there. */
  readonly network?: (time: VirtualTime) => Promise<Readonly<Record<string, string>>>
  readonly runAttempt?: number
  /** What was there before. */
  readonly arrange?: (github: LocalGitHub) => void
  /** What the same job did before. */
  readonly before?: (job: Job, time: VirtualTime) => Promise<unknown>
  /** What GitHub says instead of its own. */
  readonly answer?: (request: RequestRecord, time: VirtualTime) => Reply | Promise<Reply>
  /** Whether the message comes from post; `answer` is then for post alone, unless main is meant too. */
  readonly post?: {
    readonly jobStatus?: string
    readonly inputs?: Readonly<Record<string, string>>
    readonly fromMain?: boolean
  }
  /** Told in a way of its own. */
  readonly tell?: (tale: Tale) => Promise<string[]>
}

type Reply = Scripted | undefined

/** The messages of a tale, errors before warnings, with what differs from run to run taken out. */
export async function tell(tale: Tale): Promise<string[]> {
  const time = virtualTime()
  const github = await startGitHub({ ...tale.github, now: time.now })
  const job = beginJob(github, {
    event: tale.event ?? event('push'),
    clock: time.clock,
    env: { ...tale.env, ...(await tale.network?.(time)) },
    ...(tale.runAttempt && { runAttempt: tale.runAttempt })
  })
  const { answer, post } = tale
  const begin = () => {
    if (answer) github.intercept(request => answer(request, time))
  }
  try {
    tale.arrange?.(github)
    await tale.before?.(job, time)
    if (!post || post.fromMain) begin()
    let stage = await time.drive(job.main({ environment: 'qa', ...tale.inputs }))
    if (post) {
      if (!post.fromMain) begin()
      stage = await time.drive(job.post(stage, post.jobStatus ?? 'success', post.inputs))
    }
    return messagesOf(stage)
  } finally {
    job.end()
  }
}

export function messagesOf({ failure, warnings }: Stage): string[] {
  const errors = failure === undefined ? [] : [`Error: ${failure}`]
  return [...errors, ...warnings.map(warning => `Warning: ${warning}`)].map(steady)
}

/** Request ids, ports and folders differ from run to run. */
export const steady = (text: string): string =>
  text
    .replace(/\b[0-9A-F]{4}:[0-9A-F]+:[0-9A-F]{6}:[0-9A-F]{6}:[0-9A-F]{8}\b/g, 'REQUEST:ID')
    .replace(/(127\.0\.0\.1|localhost):\d+/g, '$1:PORT')

export const isCreate = ({ method, path }: RequestRecord): boolean => method === 'POST' && path.endsWith('/deployments')

/** A write of a status, of that state where one is told. */
export const isStatus = ({ method, path, body }: RequestRecord, state?: string): boolean =>
  method === 'POST' && path.endsWith('/statuses') && (state === undefined || Object(body).state === state)

export const onCreate =
  (reply: Reply) =>
  (request: RequestRecord): Reply =>
    isCreate(request) ? reply : undefined

export const onStatus =
  (reply: Reply, state?: string) =>
  (request: RequestRecord): Reply =>
    isStatus(request, state) ? reply : undefined
