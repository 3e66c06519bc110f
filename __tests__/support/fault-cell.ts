import { createServer, globalAgent, type Server } from 'node:http'
import { event } from '../../simulator/events/index.ts'
import {
  type Fault,
  inject,
  type LocalGitHub,
  type RequestRecord,
  startLocalGitHub
} from '../../simulator/github/index.ts'
import { isGone } from './fault-judge.ts'
import { type Flow, shown, type World } from './flow.ts'
import { beginJob, type Job, type Stage } from './in-process.ts'
import { type VirtualTime, virtualTime } from './virtual-clock.ts'

/** One request of a flow, as the dry pass saw it. */
export interface Target {
  /** Which one it is of the stage's requests. */
  readonly number: number
  readonly method: string
  readonly operation: string
  readonly path: string
  /** Which one it is of those with the same operation and path. */
  readonly occurrence: number
  /** What came before it in the stage. */
  readonly before: readonly string[]
}

/** What came of a flow. */
export interface Outcome {
  readonly requests: readonly RequestRecord[]
  readonly stage: Stage
  /** How GitHub looks at the end. */
  readonly shown: readonly string[]
  /** Deployments that somebody else deleted meanwhile. */
  readonly gone: readonly number[]
  readonly deployments: ReturnType<LocalGitHub['store']['deployments']>
  /** How many deployments were created by request. */
  readonly total: number
  /** How long the stage took, of the flow's own time. */
  readonly milliseconds: number
  readonly hits: number
  readonly problems: readonly string[]
}

export interface Strike {
  readonly fault: Fault
  readonly target: Target
  /** From there on every request of the stage, not this one alone. */
  readonly isOutage?: boolean
  readonly elsewhere: string
}

/** Plays a flow, with a fault in one of its requests or without. */
export async function play(flow: Flow, strike?: Strike): Promise<Outcome> {
  const time = virtualTime()
  const github = await startLocalGitHub({ now: time.now, ...flow.options })
  const jobs: Job[] = []
  let met: { stage: Stage; requests: RequestRecord[]; milliseconds: number } | undefined
  let hits = 0
  const gone: number[] = []
  const world: World = {
    github,
    statusAfter: stage => (stage.failure === undefined ? 'success' : 'failure'),
    job: options => {
      const job = beginJob(github, { event: event('push'), clock: time.clock, ...options })
      jobs.push(job)
      return job
    },
    async faulty(run) {
      hangUp()
      const first = github.requests.length
      const began = time.now()
      const injection = strike && strikeAt(flow, github, time, strike, gone)
      const stage = await run()
      met = {
        stage,
        requests: github.requests.slice(first),
        milliseconds: time.now() - began
      }
      await injection?.remove()
      hits = injection?.hits ?? 0
      return stage
    }
  }
  try {
    await time.drive(flow.run(world))
    if (!met) throw new Error(`${flow.name}: no stage was to meet a fault`)
    return {
      ...met,
      hits,
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

/** A stage is a process of its own, which begins without a connection. */
function hangUp(): void {
  for (const sockets of Object.values(globalAgent.freeSockets)) {
    for (const socket of sockets ?? []) socket.destroy()
  }
}

function strikeAt(flow: Flow, github: LocalGitHub, time: VirtualTime, strike: Strike, gone: number[]) {
  const { fault, target, isOutage = false, elsewhere } = strike
  const isRefusal = fault.answer === 'refused'
  let isOver = false
  let seen = 0
  return inject(github, fault, {
    time,
    elsewhere,
    at: isRefusal ? target.number : isOutage ? 1 : target.occurrence,
    ...(isOutage && { times: Number.POSITIVE_INFINITY }),
    matching: request => {
      const isMeant = request.operation === target.operation && request.path === target.path
      if (!isOutage) return isMeant
      seen += isMeant ? 1 : 0
      isOver ||= seen >= target.occurrence
      return isOver
    },
    onHit: request => {
      if (isGone(flow, strike)) tellTrue(github, request, gone)
    }
  })
}

/** Somebody else has deleted it just before: a 404 for what was there is no lie. */
function tellTrue({ store }: LocalGitHub, { method, path }: RequestRecord, gone: number[]): void {
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

/** The requests of the stage that meets the faults, in the order in which they come. */
export function targetsOf({ requests }: Outcome): Target[] {
  const names = requests.map(({ operation, path }) => `${operation} ${path}`)
  return requests.map(({ operation, path, method }, index) => ({
    number: index + 1,
    method,
    operation,
    path,
    occurrence: names.slice(0, index + 1).filter(name => name === names[index]).length,
    before: names.slice(0, index)
  }))
}

/** A server that must never hear anything. */
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
