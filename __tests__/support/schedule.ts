import fc from 'fast-check'
import { FAULTS, type Fault } from '../../simulator/github/index.ts'

/** One job of a schedule and its result. */
export interface JobPlan {
  readonly environment: 'qa' | 'staging'
  /** Empty: the default task. */
  readonly task: '' | 'web' | 'api'
  readonly isTransient: boolean
  readonly autoInactive: 'true' | 'all' | 'task'
  /** Milliseconds from the beginning of the schedule. */
  readonly startsAt: number
  readonly worksFor: number
  /**
   * What posts the final state: the post step, a `finish` in the same job (with `auto-finish` or without),
   * a `finish` in another job of the run, or nothing.
   */
  readonly ending: 'post' | 'finish' | 'finish-left' | 'other-job' | 'nothing'
  readonly result: 'success' | 'failure' | 'cancelled'
  /**
   * Main is killed during its n-th request. With `isDone`, GitHub processes the request, which takes `workMs`.
   */
  readonly kill: { readonly at: number; readonly isDone: boolean; readonly workMs: number } | undefined
  /** How far the clock of the job's runner is ahead, in milliseconds. */
  readonly skewMs: number
}

/** A fault of one request: the n-th of a job. REST and GraphQL requests are counted separately. */
export interface PlannedFault {
  readonly job: number
  readonly isGraphql: boolean
  readonly at: number
  readonly name: string
}

export interface Schedule {
  /** The seed of the clock's random numbers. */
  readonly seed: number
  /** The lag of lists in milliseconds: constant, or random up to this value for each list. */
  readonly lagMs: number
  readonly isLagSteady: boolean
  /** The maximum time in milliseconds until a request arrives. Other requests can arrive in between. */
  readonly latencyMs: number
  readonly jobs: readonly JobPlan[]
  /** An optional last job that deactivates the deployments of an environment. */
  readonly deactivate: { readonly at: number; readonly environment: 'qa' | 'staging' } | undefined
  readonly faults: readonly PlannedFault[]
  readonly outage: Outage | undefined
}

/** A period without responses, to all requests or only to GraphQL. */
export interface Outage {
  /** Milliseconds from the beginning of the schedule. */
  readonly at: number
  /** Undefined: until the end. */
  readonly forMs: number | undefined
  readonly way: '503' | 'reset' | 'silence'
  readonly isGraphqlAlone: boolean
}

/**
 * Faults after which a retry succeeds. Refused connections are left out, since they would affect all jobs at
 * once, and so is 202, which is final for a create.
 */
const PASSING: readonly Fault[] = FAULTS.filter(
  ({ name, kind }) =>
    ['transient', 'ambiguous', 'late', 'limit'].includes(kind) && !['refused connection', '202'].includes(name)
)

const MAX_LAG_MS = 5_000
const MAX_LATENCY_MS = 1_000
const MAX_FAULTS = 4

/** A value that one in `count` schedules has. */
const oneIn = <T>(count: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: count - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

const jobPlan: fc.Arbitrary<JobPlan> = fc.record({
  environment: fc.constantFrom('qa', 'staging'),
  task: fc.constantFrom('', '', 'web', 'api'),
  isTransient: fc.boolean(),
  autoInactive: fc.constantFrom('true', 'all', 'all', 'task'),
  // Often so close together that their requests overlap.
  startsAt: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 30_000 })),
  worksFor: fc.oneof(fc.integer({ min: 0, max: 2_000 }), fc.integer({ min: 0, max: 30_000 })),
  ending: fc.constantFrom('post', 'post', 'finish', 'finish-left', 'other-job', 'nothing'),
  result: fc.constantFrom('success', 'success', 'success', 'failure', 'cancelled'),
  kill: oneIn(
    5,
    fc.record({
      at: fc.integer({ min: 1, max: 5 }),
      isDone: fc.boolean(),
      workMs: fc.constantFrom(0, 0, 3_000, 6_500)
    })
  ),
  skewMs: fc.constantFrom(0, 0, 0, -3_600_000, -300_000, 300_000, 3_600_000)
})

const plannedFault: fc.Arbitrary<PlannedFault> = fc.record({
  job: fc.integer({ min: 0, max: 4 }),
  isGraphql: fc.constantFrom(false, false, false, true),
  at: fc.integer({ min: 1, max: 8 }),
  name: fc.constantFrom(...PASSING.map(each => each.name))
})

export const schedules: fc.Arbitrary<Schedule> = fc
  .record({
    seed: fc.integer({ min: 1, max: 0x7fffffff }),
    lagMs: fc.integer({ min: 0, max: MAX_LAG_MS }),
    isLagSteady: fc.boolean(),
    latencyMs: fc.constantFrom(0, 100, MAX_LATENCY_MS),
    jobs: fc.array(jobPlan, { minLength: 1, maxLength: 4 }),
    deactivate: oneIn(
      3,
      fc.record({
        at: fc.integer({ min: 0, max: 60_000 }),
        environment: fc.constantFrom('qa' as const, 'staging' as const)
      })
    ),
    faults: fc
      .integer({ min: 0, max: MAX_FAULTS })
      .chain(count => fc.array(plannedFault, { minLength: count, maxLength: count })),
    outage: oneIn(
      4,
      fc.record({
        at: fc.integer({ min: 0, max: 60_000 }),
        forMs: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 4_000, max: 90_000 }) }, fc.constant(undefined)),
        way: fc.constantFrom('503' as const, 'reset' as const, 'silence' as const),
        isGraphqlAlone: fc.boolean()
      })
    )
  })
  .map(schedule => ({
    ...schedule,
    // Maps the numbers to jobs of the schedule. The job that deactivates is the last one.
    faults: oncePerRequest(
      schedule.faults.map(each => ({
        ...each,
        job: each.job % (schedule.jobs.length + (schedule.deactivate ? 1 : 0))
      }))
    )
  }))

/** Keeps one fault for each request, since two could contradict each other. */
function oncePerRequest(faults: readonly PlannedFault[]): PlannedFault[] {
  const placeOf = ({ job, isGraphql, at }: PlannedFault) => `${job} ${isGraphql} ${at}`
  return [...new Map(faults.map(each => [placeOf(each), each])).values()]
}
