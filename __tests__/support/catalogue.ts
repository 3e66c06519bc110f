import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub, LocalGitHubOptions, Scripted } from '../../simulator/github/index.ts'
import type { RequestRecord } from '../../simulator/github/types.ts'
import type { ActionResult, RunnerEvent } from '../../simulator/runner/index.ts'
import { beginJob, type Job } from './job.ts'
import { errorsOf, warningsOf } from './results.ts'
import { startGitHub } from './scenario.ts'
import { type VirtualTime, virtualTime } from './virtual-clock.ts'

/** A case in which the action logs messages. */
export interface MessageCase {
  /** Its key in docs/troubleshooting.md, a part of the message; `…` stands for what differs. */
  readonly key: string
  readonly github?: LocalGitHubOptions
  readonly event?: RunnerEvent
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** Starts a proxy or server. Returns the variables that lead to it. */
  readonly network?: (time: VirtualTime) => Promise<Readonly<Record<string, string>>>
  readonly runAttempt?: number
  /** Sets up GitHub. */
  readonly arrange?: (github: LocalGitHub) => void
  /** Earlier steps of the same job. */
  readonly before?: (job: Job, time: VirtualTime) => Promise<unknown>
  /** Replaces GitHub's response. */
  readonly answer?: (request: RequestRecord, time: VirtualTime) => Reply | Promise<Reply>
  /** Set if post logs the message; `answer` then applies to post only, unless `fromMain` is set. */
  readonly post?: {
    readonly jobStatus?: string
    readonly inputs?: Readonly<Record<string, string>>
    readonly fromMain?: boolean
  }
  /** Runs the case in another way. */
  readonly run?: (messageCase: MessageCase) => Promise<string[]>
}

type Reply = Scripted | undefined

/** The messages of a case, errors before warnings, without text that differs between runs. */
export async function collectMessages(messageCase: MessageCase): Promise<string[]> {
  const time = virtualTime()
  const github = await startGitHub({ ...messageCase.github, now: time.now })
  const job = beginJob(github, {
    event: messageCase.event ?? event('push'),
    clock: time.clock,
    env: { ...messageCase.env, ...(await messageCase.network?.(time)) },
    ...(messageCase.runAttempt && { runAttempt: messageCase.runAttempt })
  })
  const { answer, post } = messageCase
  const begin = () => {
    if (answer) github.intercept(request => answer(request, time))
  }
  try {
    messageCase.arrange?.(github)
    await messageCase.before?.(job, time)
    if (!post || post.fromMain) begin()
    let stage = await time.drive(job.main({ environment: 'qa', ...messageCase.inputs }))
    if (post) {
      if (!post.fromMain) begin()
      stage = await time.drive(job.post(stage, post.jobStatus ?? 'success', post.inputs))
    }
    return messagesOf(stage)
  } finally {
    job.end()
  }
}

export function messagesOf(stage: ActionResult): string[] {
  const errors = errorsOf(stage).map(error => `Error: ${error}`)
  return [...errors, ...warningsOf(stage).map(warning => `Warning: ${warning}`)].map(steady)
}

/** Request ids, ports and folders differ from run to run. */
export const steady = (text: string): string =>
  text
    .replace(/\b[0-9A-F]{4}:[0-9A-F]+:[0-9A-F]{6}:[0-9A-F]{6}:[0-9A-F]{8}\b/g, 'REQUEST:ID')
    .replace(/(127\.0\.0\.1|localhost):\d+/g, '$1:PORT')

export const isCreate = ({ method, path }: RequestRecord): boolean => method === 'POST' && path.endsWith('/deployments')

/** A write of a status, of that state if one is given. */
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
