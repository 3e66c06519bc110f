import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub, RequestRecord, TokenGrant } from '../../simulator/github/index.ts'
import type { ActionResult } from '../../simulator/runner/index.ts'
import type { Clock } from '../../src/lib/clock.ts'
import { beginJob, type Job, type JobOptions } from './job.ts'
import { failureOf } from './results.ts'
import type { JobPlan, PlannedFault, Schedule } from './schedule.ts'
import { injectOutage, injectPlanned, killable, slowDown, tokenOf } from './schedule-seams.ts'
import { type VirtualTime, virtualTime } from './virtual-clock.ts'

/** A stage of a step, and when it ran. */
export interface Ran {
  readonly name: 'start' | 'post' | 'finish' | 'deactivate'
  readonly job: number
  readonly checkRunId: number
  readonly stage: ActionResult
  readonly from: number
  readonly until: number
}

export interface JobRun {
  readonly plan: JobPlan
  readonly start: Ran
  readonly isKilled: boolean
  readonly post: Ran
  readonly finish: Ran | undefined
  /** The job's result, as post and `finish` receive it. */
  readonly status: string
}

export interface ScheduleRun {
  readonly schedule: Schedule
  readonly repository: ReturnType<LocalGitHub['store']['repository']>
  readonly jobs: readonly JobRun[]
  readonly deactivate: Ran | undefined
  readonly requests: readonly RequestRecord[]
  /** The faults that occurred, in order. */
  readonly struck: readonly PlannedFault[]
  readonly beganAt: number
}

/** Log URLs end with it, so that each status identifies its job. */
export const checkRunOf = (job: number, isOther = false): number => (isOther ? 2000 : 1000) + job

/** One token for each job, so that each request identifies its job. */
export const SCHEDULE_TOKENS: Readonly<Record<string, TokenGrant>> = Object.fromEntries(
  [0, 1, 2, 3, 4].map(job => [
    tokenOf(job),
    { kind: 'github-token', permissions: { deployments: 'write', contents: 'read' } }
  ])
)

/** The server that all runs share, with the clock and the lag of the current run. */
export interface World {
  readonly github: LocalGitHub
  readonly current: { time: VirtualTime; lag: () => number }
}

// A job that needs another one starts later than its lists can lag.
const NEXT_JOB_MS = 8_000

let runs = 0

/** Runs a schedule in a separate repository. */
export async function runSchedule(world: World, schedule: Schedule): Promise<ScheduleRun> {
  const { github } = world
  const time = virtualTime(schedule.seed)
  world.current.time = time
  const name = `octo-org/run-${++runs}`
  const repository = github.store.repository(name)
  github.requests.length = 0
  github.events.length = 0
  const struck: PlannedFault[] = []
  const started: Job[] = []
  const beganAt = time.now()

  const open = (job: number, isOther: boolean): Job => {
    const options: JobOptions = {
      event: PUSH,
      clock: skewed(time, schedule.jobs[job]),
      job: isOther ? 'report' : 'deploy',
      runId: 100 + job,
      checkRunId: checkRunOf(job, isOther),
      token: tokenOf(job),
      env: { GITHUB_REPOSITORY: name }
    }
    const opened = beginJob(github, options)
    started.push(opened)
    return opened
  }
  const timed = async (
    ran: Pick<Ran, 'name' | 'job'> & { isOther?: boolean },
    work: Promise<ActionResult>
  ): Promise<Ran> => {
    const from = time.now()
    const stage = await work
    const checkRunId = checkRunOf(ran.job, ran.isOther)
    return { ...ran, checkRunId, stage, from, until: time.now() }
  }

  const live = async (plan: JobPlan, job: number): Promise<JobRun> => {
    await time.sleep(plan.startsAt)
    const deploy = open(job, false)
    const given = startInputs(plan, name)
    const { killing, remove, isKilled } = killable(github, time, plan, job)
    const start = await timed({ name: 'start', job }, deploy.main(given, killing))
    remove()
    const isBroken = isKilled() || failureOf(start.stage) !== undefined
    await time.sleep(isBroken ? 0 : plan.worksFor)
    const status = isBroken && plan.result === 'success' ? 'failure' : plan.result
    const finishInputs = {
      mode: 'finish',
      repository: name,
      state: status,
      // A separate job does not have the inputs of the start.
      'auto-inactive': plan.autoInactive
    }
    let finish: Ran | undefined
    if (!isBroken && ['finish', 'finish-left'].includes(plan.ending)) {
      finish = await timed({ name: 'finish', job }, deploy.main(finishInputs))
    }
    const post = await timed({ name: 'post', job }, deploy.post(start.stage, status, given))
    if (plan.ending === 'other-job') {
      await time.sleep(NEXT_JOB_MS)
      const work = open(job, true).main(finishInputs)
      finish = await timed({ name: 'finish', job, isOther: true }, work)
    }
    return { plan, start, isKilled: isKilled(), post, finish, status }
  }
  const runDeactivate = async (): Promise<Ran | undefined> => {
    const { deactivate, jobs } = schedule
    if (!deactivate) return undefined
    await time.sleep(deactivate.at)
    const { environment } = deactivate
    const inputs = { mode: 'deactivate', repository: name, environment }
    return timed({ name: 'deactivate', job: jobs.length }, open(jobs.length, false).main(inputs))
  }

  const slowness = slowDown(github, time, schedule)
  world.current.lag = slowness.lag
  const removals = [
    slowness.remove,
    ...schedule.faults.map(planned => injectPlanned(github, time, planned, struck)),
    injectOutage(github, time, beganAt, schedule)
  ]
  try {
    const [deactivate, ...jobs] = await time.drive(Promise.all([runDeactivate(), ...schedule.jobs.map(live)]))
    const requests = [...github.requests]
    return { schedule, repository, jobs, deactivate, requests, struck, beganAt }
  } finally {
    for (const remove of removals) remove()
    for (const job of started) job.end()
  }
}

/** The clock of the runner of a job. */
const skewed = ({ clock, now }: VirtualTime, plan: JobPlan | undefined): Clock => ({
  ...clock,
  now: () => now() + (plan?.skewMs ?? 0)
})

const PUSH = event('push')

const startInputs = (plan: JobPlan, repository: string): Record<string, string> => ({
  repository,
  environment: plan.environment,
  ...(plan.task !== '' && { task: plan.task }),
  'transient-environment': String(plan.isTransient),
  'auto-inactive': plan.autoInactive,
  'auto-finish': String(['post', 'finish'].includes(plan.ending))
})
