import { createServer, globalAgent, type Server } from 'node:http'
import { event } from '../../simulator/events/index.ts'
import {
  type Fault,
  type Injection,
  inject,
  type LocalGitHub,
  type RequestRecord,
  startLocalGitHub
} from '../../simulator/github/index.ts'
import type { ActionResult } from '../../simulator/runner/index.ts'
import { isGone } from './fault-judge.ts'
import { type Flow, shown, type World } from './flow.ts'
import { beginJob, type Job } from './job.ts'
import { killableClock } from './killable-clock.ts'
import { failureOf } from './results.ts'
import { type VirtualTime, virtualTime } from './virtual-clock.ts'

/** One request of a flow, as the run without faults saw it. */
export interface Target {
  /** Its number among the requests of the stage. */
  readonly number: number
  readonly method: string
  readonly operation: string
  readonly path: string
  /** Its number among those with the same operation and path. */
  readonly occurrence: number
}

/** The result of a flow. */
export interface Outcome {
  readonly requests: readonly RequestRecord[]
  readonly stage: ActionResult
  /** What GitHub shows at the end. */
  readonly shown: readonly string[]
  /** Deployments that something else deleted meanwhile. */
  readonly gone: readonly number[]
  readonly deployments: ReturnType<LocalGitHub['store']['deployments']>
  /** How many deployments were created by request. */
  readonly total: number
  /** How long the stage took, in milliseconds of virtual time. */
  readonly milliseconds: number
  /** The part of it after the first request that failed. */
  readonly sinceHitMs: number
  readonly hits: number
  readonly problems: readonly string[]
}

/** A fault in the requests of a stage. */
export interface Strike {
  readonly fault: Fault
  readonly target: Target
  /** `once`: that request. `on`: every request from there on. `same`: those with the same operation and path. `path`: with the same path. */
  readonly reach: 'once' | 'on' | 'same' | 'path'
  /** How long it lasts, in milliseconds. Defaults to the end of the stage. */
  readonly forMs?: number
  readonly elsewhere: string
  /** Makes connections fail. Returns a function that ends it. */
  readonly refuse?: () => () => Promise<void>
}

/** Milliseconds from the arrival of the create: when main is killed, and when GitHub has done it. */
export interface Kill {
  readonly atMs: number
  readonly doneMs: number
}

/** What is between the runner and GitHub, and the variables that lead there. */
export interface Network {
  readonly env: Readonly<Record<string, string>>
  close(): void
}

/** What is different around the stage. It takes effect when the stage begins. */
export interface Conditions {
  /** How far lists are behind, in milliseconds. */
  readonly lagMs?: number
  /** How far the runner's clock is ahead, in milliseconds. */
  readonly skewMs?: number
  /** Starts what is between the runner and GitHub. */
  readonly network?: (github: LocalGitHub, time: VirtualTime) => Promise<Network>
  /** Main is killed while GitHub works on its create. */
  readonly kill?: Kill
  /** Changes the job's folder. */
  readonly tamper?: (tempFolder: string) => void
}

// Longer than lists lag in any cell.
const CATCH_UP_MS = 10_000

/** Runs a flow on virtual time, with a fault or without. */
export async function play(flow: Flow, strike?: Strike, conditions: Conditions = {}): Promise<Outcome> {
  const { lagMs = 0, skewMs = 0, network, tamper } = conditions
  const time = virtualTime()
  const clock = { ...time.clock, now: () => time.now() + (isFaulty ? skewMs : 0) }
  const lag = () => (isFaulty ? lagMs : 0)
  const github = await startLocalGitHub({ now: time.now, lag, ...flow.options })
  const env: Record<string, string> = {}
  const jobs: Job[] = []
  let isFaulty = false
  let met: Pick<Outcome, 'stage' | 'requests' | 'milliseconds' | 'sinceHitMs'> | undefined
  let injection: Injection | undefined
  let hitAt: number | undefined
  const gone: number[] = []
  const world: World = {
    github,
    statusAfter: stage => (failureOf(stage) === undefined ? 'success' : 'failure'),
    job: options => {
      const job = beginJob(github, { event: event('push'), clock, env, ...options })
      jobs.push(job)
      const { kill } = conditions
      return kill ? { ...job, main: inputs => killedMain(github, time, job, inputs, kill) } : job
    },
    async faulty(run) {
      closeConnections()
      if (lagMs > 0) await time.sleep(CATCH_UP_MS)
      const between = await network?.(github, time)
      Object.assign(env, between?.env)
      for (const job of jobs) tamper?.(job.tempFolder)
      const first = github.requests.length
      const startedAt = time.now()
      isFaulty = true
      injection =
        strike &&
        strikeAt(github, time, strike, request => {
          hitAt ??= time.now()
          if (isGone(flow, strike)) removeTarget(github, request, gone)
        })
      const stage = await run()
      const milliseconds = time.now() - startedAt
      const sinceHitMs = hitAt === undefined ? milliseconds : time.now() - hitAt
      met = { stage, requests: github.requests.slice(first), milliseconds, sinceHitMs }
      isFaulty = false
      for (const name of Object.keys(env)) delete env[name]
      await injection?.remove()
      between?.close()
      return stage
    }
  }
  try {
    await time.drive(flow.run(world))
    if (!met) throw new Error(`${flow.name}: no stage was to meet a fault`)
    return {
      ...met,
      hits: injection?.hits ?? 0,
      shown: shown(github),
      gone,
      deployments: github.store.deployments(),
      total: github.events.filter(each => each.name === 'deployment').length,
      problems: github.problems
    }
  } finally {
    for (const job of jobs) job.end()
    await github.close()
  }
}

/** Main until it is killed. GitHub goes on with the request. */
function killedMain(
  github: LocalGitHub,
  time: VirtualTime,
  job: Job,
  inputs: Readonly<Record<string, string>>,
  { atMs, doneMs }: Kill
): Promise<ActionResult> {
  const killing = killableClock(time.clock)
  const remove = github.intercept(async (request, proceed, closed) => {
    if (request.operation !== 'POST /repos/{owner}/{repo}/deployments') return undefined
    remove()
    time.sleep(doneMs).then(proceed, () => undefined)
    await time.hold(atMs, closed)
    killing.kill()
    return 'reset'
  })
  return job.main(inputs, killing)
}

/** A stage is a process of its own, which begins without a connection. */
function closeConnections(): void {
  for (const sockets of Object.values(globalAgent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy()
  }
}

function strikeAt(
  github: LocalGitHub,
  time: VirtualTime,
  { fault, target, reach, forMs, elsewhere, refuse }: Strike,
  onHit: (request: RequestRecord) => void
): Injection {
  let seen = 0
  const isSame = ({ operation, path }: RequestRecord) => operation === target.operation && path === target.path
  return inject(github, fault, {
    time,
    elsewhere,
    at: fault.answer === 'refused' ? target.number : target.occurrence,
    ...(reach !== 'once' && { times: Infinity }),
    ...(forMs !== undefined && { forMs }),
    ...(refuse && { refuse }),
    onHit,
    // Requests before the target count only if they are the same.
    matching: request => {
      if (reach === 'path') return request.path === target.path
      if (reach !== 'on') return isSame(request)
      seen += isSame(request) ? 1 : 0
      return isSame(request) || seen >= target.occurrence
    }
  })
}

/** Something else has deleted it just before, so that a 404 is true. */
function removeTarget({ store }: LocalGitHub, { method, path }: RequestRecord, gone: number[]): void {
  if (method === 'GET') return
  const { deployments, environments } = store.state
  const id = Number(/\/deployments\/(\d+)/.exec(path)?.[1])
  const index = deployments.findIndex(each => each.id === id)
  if (index >= 0) {
    deployments.splice(index, 1)
    gone.push(id)
  }
  environments.delete(decodeURIComponent(/\/environments\/([^/]+)$/.exec(path)?.[1] ?? ''))
}

/** The requests of the stage that meets the faults, in their order. */
export function targetsOf({ requests }: Outcome): Target[] {
  const names = requests.map(({ operation, path }) => `${operation} ${path}`)
  return requests.map(({ operation, path, method }, index) => ({
    number: index + 1,
    method,
    operation,
    path,
    occurrence: names.slice(0, index + 1).filter(name => name === names[index]).length
  }))
}

/** A server that must not get any request. */
export async function startElsewhere(): Promise<{
  origin: string
  count(): number
  close(): void
}> {
  let requests = 0
  const server: Server = createServer((_request, response) => {
    requests += 1
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":1}')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    origin: `http://127.0.0.1:${port}`,
    count: () => requests,
    close: () => void server.close()
  }
}
