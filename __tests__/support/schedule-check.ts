import type { DeploymentRecord, StatusRecord } from '../../simulator/github/index.ts'
import { fault } from '../../simulator/github/index.ts'
import { readOrigin } from '../../src/deployment/origin.ts'
import { failureOf, logOf, warningsOf } from './results.ts'
import { savedRecord } from './saved-record.ts'
import { checkRunOf, type JobRun, type Ran, type ScheduleRun } from './schedule-run.ts'
import { tokenOf } from './schedule-seams.ts'

const TIMEOUT_MS = 120_000
const UNFINISHED = ['none', 'pending', 'queued', 'in_progress']

/** A description of each promise that a schedule broke. */
export function brokenPromises(run: ScheduleRun): string[] {
  return [
    ...run.jobs.flatMap(job => [
      ...oneDeployment(run, job),
      ...knownToPost(run, job),
      ...inTime(run, job),
      ...postNeverFails(job),
      ...recovers(run, job),
      ...finalState(run, job)
    ]),
    ...stages(run).flatMap(ran => greenMeansDone(run, ran)),
    ...othersUnchanged(run),
    ...postedOnce(run),
    ...oneActive(run)
  ]
}

export const stages = ({ jobs, deactivate }: ScheduleRun): Ran[] =>
  [...jobs.flatMap(job => [job.start, job.finish, job.post]), deactivate].filter(ran => ran !== undefined)

const all = (run: ScheduleRun): readonly DeploymentRecord[] => run.repository.deployments()
const latest = (deployment: DeploymentRecord): string => deployment.statuses.at(-1)?.state ?? 'none'

/** The job that a deployment belongs to, by its payload. */
const ownerOf = (deployment: DeploymentRecord): number =>
  (readOrigin(deployment.payload)?.checkRunId ?? 0) - checkRunOf(0)

/** The job that wrote a status, by its log URL; undefined for GitHub itself. */
function writerOf(status: StatusRecord): number | undefined {
  const id = /\/job\/(\d+)$/.exec(status.logUrl)?.[1]
  return id === undefined ? undefined : Number(id) % 1000
}

const ownOf = (run: ScheduleRun, { start }: JobRun): DeploymentRecord[] =>
  all(run).filter(each => ownerOf(each) === start.job)

const savedBy = ({ start }: JobRun) => savedRecord(start.stage.state)

/** P1. */
function oneDeployment(run: ScheduleRun, job: JobRun): string[] {
  const made = ownOf(run, job)
  const name = `P1: job ${job.start.job}`
  if (made.length > 1) return [`${name} made ${made.length} deployments`]
  const isGreen = !job.isKilled && failureOf(job.start.stage) === undefined
  return isGreen && made.length === 0 ? [`${name} is green without a deployment`] : []
}

/** P2: GitHub has the state that a stage reports. */
function greenMeansDone(run: ScheduleRun, { stage, name, job }: Ran): string[] {
  const said = logOf(stage).flatMap(line => {
    const posted = /^(?:Finished|Updated): (\w+).*deployment (\d+) of/.exec(line)
    return posted ? [{ state: posted[1] ?? '', id: Number(posted[2]) }] : []
  })
  const { state = '', 'deployment-id': id = '' } = stage.outputs
  const isGreen = failureOf(stage) === undefined && state !== '' && name !== 'deactivate'
  if (isGreen) said.push({ state, id: Number(id) })
  return said
    .filter(({ state, id }) => {
      const found = all(run).find(each => each.id === id)
      return !found?.statuses.some(each => each.state === state)
    })
    .map(({ state, id }) => `P2: ${name} of job ${job} says ${state} for ${id}, GitHub does not`)
}

/** P3. */
function knownToPost(run: ScheduleRun, job: JobRun): string[] {
  const saved = savedBy(job)
  return ownOf(run, job)
    .filter(({ id, payload }) => {
      const isOut = job.start.stage.outputs['deployment-id'] === String(id)
      return !isOut && saved?.id !== id && saved?.key !== readOrigin(payload)?.key
    })
    .map(({ id }) => `P3: deployment ${id} of job ${job.start.job} is in no output and no state`)
}

/** P5: no operation of a stage exceeds `timeout`. */
function inTime(run: ScheduleRun, job: JobRun): string[] {
  const { start, post, finish } = job
  const sent = run.requests.filter(each => each.token === tokenOf(start.job))
  const during = (ran: Ran) => sent.filter(each => each.at >= ran.from && each.at <= ran.until)
  const first = during(start).find(each => each.isWrite && each.path.endsWith('/statuses'))
  const between = first?.at ?? start.until
  const long = [
    ...(between - start.from > TIMEOUT_MS ? ['the create'] : []),
    ...(start.until - between > TIMEOUT_MS ? ['the first status'] : []),
    ...[post, finish].flatMap(ran => {
      if (!ran) return []
      const operations = new Set(during(ran).map(each => `${each.method} ${each.path}`))
      const allowed = TIMEOUT_MS * Math.max(1, operations.size)
      return ran.until - ran.from > allowed ? [ran.name] : []
    })
  ]
  return long.map(what => `P5: ${what} of job ${start.job} took too long`)
}

/** P6. */
function othersUnchanged(run: ScheduleRun): string[] {
  const deactivating = run.schedule.jobs.length
  const before = (deployment: DeploymentRecord, status: StatusRecord) =>
    deployment.statuses.some(each => each.state === 'success' && each.id < status.id)
  return all(run).flatMap(touched =>
    touched.statuses.flatMap(status => {
      const writer = writerOf(status)
      if (writer === undefined || (writer === deactivating && run.deactivate)) return []
      const name = `P6: job ${writer} set ${touched.id} to ${status.state}`
      if (writer === ownerOf(touched)) {
        const by = Number(/^Superseded by (\d+)/.exec(status.description)?.[1])
        const newer = all(run).find(each => each.id === by)
        const isRight = newer && newer.id > touched.id && before(newer, status)
        return Number.isNaN(by) || isRight ? [] : [`${name}, its own, for no newer success`]
      }
      const own = all(run).find(each => ownerOf(each) === writer)
      if (status.state !== 'inactive') return [`${name}, of another job`]
      if (!own || !before(own, status)) return [`${name} before its own success`]
      if (touched.id > own.id) return [`${name}, which is newer`]
      return before(touched, status) ? [] : [`${name}, which never was a success`]
    })
  )
}

/** P7. */
const postNeverFails = ({ post }: JobRun): string[] =>
  failureOf(post.stage) === undefined ? [] : [`P7: post of job ${post.job}: ${failureOf(post.stage)}`]

/** The most that a fault costs of `timeout`: its own wait, the look-up of the result, and the backoff. */
function costOf(name: string): number {
  const { kind, holdMs, overMs } = fault(name)
  const waited = name.includes('primary') ? 31_000 : /retry-after/.test(name) ? 6_000 : 60_000
  if (kind === 'limit') return waited
  return Math.min(15_000, holdMs ?? overMs ?? 0) + 20_000
}

// An attempt that hangs, the look-up after it, and the longest backoff.
const AFTER_OUTAGE_MS = 40_000

/** Whether all faults of a job end within the time of one operation. `isGraphqlNeeded`: the job needs to read lists. */
export function canRecover({ schedule, struck }: ScheduleRun, job: number, isGraphqlNeeded = true): boolean {
  const { outage } = schedule
  const isMet = outage !== undefined && (isGraphqlNeeded || !outage.isGraphqlAlone)
  const faults = struck.filter(each => each.job === job).reduce((sum, one) => sum + costOf(one.name), 0)
  return faults + (isMet ? (outage.forMs ?? Infinity) + AFTER_OUTAGE_MS : 0) < TIMEOUT_MS
}

/** A job whose faults end is green, and its post step logs no warning. */
function recovers(run: ScheduleRun, job: JobRun): string[] {
  const { start, post, finish, isKilled } = job
  if (!canRecover(run, start.job)) return []
  const isMade = ownOf(run, job).length > 0
  const red = [isKilled ? undefined : start, isMade ? finish : undefined]
    .filter(ran => ran !== undefined)
    .flatMap(({ name, stage }) =>
      failureOf(stage) === undefined ? [] : [`${name} of job ${start.job} failed: ${failureOf(stage)}`]
    )
  const loud = warningsOf(post.stage).filter(each => each.includes('was not reported'))
  return [...red, ...loud.map(each => `post of job ${start.job} warns: ${each}`)]
}

const EXPECTED: Readonly<Record<string, string>> = {
  success: 'success',
  failure: 'failure',
  cancelled: 'failure'
}

/** No deployment stays open. Its final state is the job's result, unless it yielded or was deactivated. */
function finalState(run: ScheduleRun, job: JobRun): string[] {
  const { plan, start, isKilled, status } = job
  const isBroken = isKilled || failureOf(start.stage) !== undefined
  const isLeft = plan.ending === 'nothing' && !isBroken
  // A deployment that is known gets its final state without reading lists.
  const isKnown = !isKilled && plan.ending !== 'other-job'
  if (!canRecover(run, start.job, !isKnown) || isLeft) return []
  return ownOf(run, job).flatMap(({ id, statuses, transient }) => {
    const name = `deployment ${id} of job ${start.job}`
    const last = statuses.at(-1)?.state ?? 'none'
    if (UNFINISHED.includes(last)) return [`${name} stays ${last}`]
    const own = statuses.filter(each => writerOf(each) === start.job)
    const ends = own.map(each => each.state).filter(each => !UNFINISHED.includes(each))
    const isGivenUp = own.some(each => each.description.startsWith('Superseded by'))
    // A transient one stays inactive, another job's "finish" finds nothing left to finish, and neither does
    // post where main was killed and another job has deactivated its deployment.
    const isKept = transient || isKilled || plan.ending === 'other-job'
    const isRetired = isKept && statuses.some(each => each.description === 'Deactivated')
    const expected = status === 'cancelled' && transient ? 'inactive' : EXPECTED[status]
    const isRight = ends.includes(expected as StatusRecord['state'])
    return isRight || isGivenUp || isRetired ? [] : [`${name} ended ${ends}, the job ${status}`]
  })
}

/** No status is posted twice, unless that of a killed start came in between and had to be corrected. */
const postedOnce = (run: ScheduleRun): string[] =>
  all(run).flatMap(({ id, statuses }) => {
    const { isKilled = false } = run.jobs.find(each => ownOf(run, each).some(own => own.id === id)) ?? {}
    const said = statuses
      .filter(each => writerOf(each) !== undefined)
      .map(each => `${each.state} "${each.description}" by ${each.logUrl}`)
    const twice = said.filter((each, index) => {
      const before = said.lastIndexOf(each, index - 1)
      const isCorrection = isKilled && before < index - 1
      return index > 0 && before >= 0 && !isCorrection
    })
    return twice.map(each => `deployment ${id} has a status twice: ${each}`)
  })

/**
 * With `all`, one deployment is active in each environment if the jobs end so far apart that the lists have caught
 * up. Jobs that end at the same time are not checked.
 */
function oneActive(run: ScheduleRun): string[] {
  const { schedule, jobs } = run
  return ['qa', 'staging'].flatMap(environment => {
    const here = jobs.filter(each => each.plan.environment === environment)
    const isRetired = schedule.deactivate?.environment === environment
    const isSimple = here.every(each => each.plan.autoInactive === 'all' && canRecover(run, each.start.job))
    const ends = here
      .map(
        ({ post, finish }) =>
          [Math.min(post.from, finish?.from ?? post.from), Math.max(post.until, finish?.until ?? 0)] as const
      )
      .sort(([one], [other]) => one - other)
    const isInTurn = ends.every(([from], index) => from > (ends[index - 1]?.[1] ?? -Infinity) + schedule.lagMs)
    if (!isSimple || isRetired || !isInTurn) return []
    const listed = all(run).filter(each => each.environment === environment)
    const active = listed.filter(each => latest(each) === 'success')
    const succeeded = listed.some(each => each.statuses.some(one => one.state === 'success'))
    return active.length === (succeeded ? 1 : 0) ? [] : [`${environment} has ${active.length} active deployments`]
  })
}
