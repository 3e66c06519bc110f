import fc from 'fast-check'
import { startLocalGitHub } from '../../simulator/github/index.ts'
import { type Schedule, schedules } from './schedule.ts'
import { brokenPromises } from './schedule-check.ts'
import { reportSchedule } from './schedule-report.ts'
import { runSchedule, SCHEDULE_TOKENS, type ScheduleRun, type World } from './schedule-run.ts'
import { virtualTime } from './virtual-clock.ts'

/** One server for all schedules. Its clock is that of the current schedule. */
export async function openWorld(): Promise<World> {
  const current = { time: virtualTime(), lag: () => 0 }
  const github = await startLocalGitHub({
    now: () => current.time.now(),
    lag: () => current.lag(),
    tokens: { ...SCHEDULE_TOKENS },
    hourlyLimit: 1_000_000_000
  })
  return { github, current }
}

export interface Plan {
  /** Random by default. */
  readonly seed?: number
  /** The position in the seed's schedules, as a failure names it. */
  readonly path?: string
  readonly runs: number
  /** Searches for the smallest schedule that also fails. */
  readonly isShrinking?: boolean
  readonly onRun?: (run: ScheduleRun) => void
}

export interface Verification {
  readonly seed: number
  readonly runs: number
  /** The broken promises, the command to replay the schedule, and its report; empty if all promises are kept. */
  readonly failure: string
}

/** Runs random schedules until one breaks a promise. */
export async function runSchedules(world: World, plan: Plan): Promise<Verification> {
  const { seed, path, runs, isShrinking = false, onRun } = plan
  const keepsPromises = async (schedule: Schedule): Promise<void> => {
    const run = await runSchedule(world, schedule)
    onRun?.(run)
    const broken = [...brokenPromises(run), ...world.github.problems.splice(0)]
    if (broken.length > 0) throw new Error(`${broken.join('\n')}\n\n${reportSchedule(run)}`)
  }
  const details = await fc.check(fc.asyncProperty(schedules, keepsPromises), {
    numRuns: runs,
    endOnFailure: !isShrinking,
    ...(seed !== undefined && { seed }),
    ...(path !== undefined && { path })
  })
  if (!details.failed) return { seed: details.seed, runs: details.numRuns, failure: '' }
  const again = `npm run replay -- ${details.seed} ${details.counterexamplePath}`
  const error = details.errorInstance
  const reason = error instanceof Error ? error.message : String(error)
  const failure = `Schedule ${details.numRuns} broke a promise. To replay it: ${again}\n${reason}`
  return { seed: details.seed, runs: details.numRuns, failure }
}
