import { fault, inject, type LocalGitHub, type RequestRecord } from '../../simulator/github/index.ts'
import { killableClock } from './killable-clock.ts'
import type { JobPlan, PlannedFault, Schedule } from './schedule.ts'
import type { VirtualTime } from './virtual-clock.ts'

// Longer than a client waits for an answer.
const SILENCE_MS = 60_000

export const tokenOf = (job: number): string => `ghs_${job}`

const isGraphql = ({ path }: RequestRecord): boolean => path === '/graphql'

/** A number from 0 to 1 that depends only on the arguments, not on the order of requests. */
function chanceOf(...numbers: readonly number[]): number {
  const mixed = numbers.reduce((sum, number) => {
    const step = Math.imul((sum ^ number) + 0x9e3779b9, 0x85ebca6b)
    return Math.imul(step ^ (step >>> 13), 0xc2b2ae35) ^ (step >>> 16)
  }, 0)
  return (mixed >>> 0) / 4_294_967_296
}

/** Delays each request, and makes lists lag. */
export function slowDown(github: LocalGitHub, time: VirtualTime, schedule: Schedule) {
  const { seed, latencyMs, lagMs, isLagSteady } = schedule
  const counts = new Map<string, number>()
  let lag = isLagSteady ? lagMs : 0
  const remove = github.intercept(async (request, _proceed, closed) => {
    const kind = Number(isGraphql(request))
    const name = `${request.token} ${kind}`
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    const own = [seed, Number(request.token?.slice(4)), kind, count]
    if (latencyMs > 0) await time.hold(Math.ceil(chanceOf(...own, 1) * latencyMs), closed)
    if (!isLagSteady) lag = Math.floor(chanceOf(...own, 2) * (lagMs + 1))
    return undefined
  })
  return { lag: () => lag, remove }
}

/** Injects a planned fault into a request of a job. */
export function injectPlanned(
  github: LocalGitHub,
  time: VirtualTime,
  planned: PlannedFault,
  struck: PlannedFault[]
): () => void {
  const injection = inject(github, fault(planned.name), {
    matching: each => each.token === tokenOf(planned.job) && isGraphql(each) === planned.isGraphql,
    at: planned.at,
    time,
    onHit: () => void struck.push(planned)
  })
  return () => void injection.remove()
}

/** Answers no request during the outage. */
export const injectOutage = (
  github: LocalGitHub,
  time: VirtualTime,
  beganAt: number,
  { outage }: Schedule
): (() => void) =>
  github.intercept(async (request, _proceed, closed) => {
    const since = time.now() - beganAt - (outage?.at ?? 0)
    if (!outage || since < 0 || since >= (outage.forMs ?? Infinity)) return undefined
    if (outage.isGraphqlAlone && !isGraphql(request)) return undefined
    if (outage.way === '503') return { status: 503 }
    if (outage.way === 'silence') await time.hold(SILENCE_MS, closed)
    return 'reset'
  })

/** Kills main at the planned request. Only what it has saved by then remains. */
export function killable(github: LocalGitHub, time: VirtualTime, { kill, skewMs }: JobPlan, job: number) {
  const mortal = killableClock({ ...time.clock, now: () => time.now() + skewMs })
  let isDead = false
  let seen = 0
  const remove = github.intercept(async (request, proceed) => {
    if (!kill || request.token !== tokenOf(job)) return undefined
    if (isDead) return 'reset'
    seen += 1
    if (seen !== kill.at) return undefined
    isDead = true
    if (kill.isDone && kill.workMs === 0) await proceed()
    mortal.kill()
    // GitHub processes a request even if its client has ended.
    if (kill.isDone && kill.workMs > 0) time.sleep(kill.workMs).then(proceed, () => undefined)
    return 'reset'
  })
  return { killing: mortal, remove, isKilled: () => isDead }
}
