import fc from 'fast-check'
import { startLocalGitHub } from '../../simulator/github/index.ts'
import { type Schedule, schedules } from './schedule.ts'
import { brokenPromises } from './schedule-check.ts'
import { playSchedule, SCHEDULE_TOKENS, type Story, type World } from './schedule-run.ts'
import { tell } from './schedule-tell.ts'
import { virtualTime } from './virtual-clock.ts'

/** One server for all schedules, whose time is that of the schedule that is played. */
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
  /** Where in the seed's schedules to begin, as a failure names it. */
  readonly path?: string
  readonly runs: number
  /** Looks for the smallest schedule that fails too. */
  readonly isShrinking?: boolean
  readonly onPlayed?: (story: Story) => void
}

export interface Judgment {
  readonly seed: number
  readonly runs: number
  /** What failed, how to play it again and the whole story of it; empty where nothing did. */
  readonly failure: string
}

/** Plays schedules by chance until one breaks a promise. */
export async function playSchedules(world: World, plan: Plan): Promise<Judgment> {
  const { seed, path, runs, isShrinking = false, onPlayed } = plan
  const keepsPromises = async (schedule: Schedule): Promise<void> => {
    const story = await playSchedule(world, schedule)
    onPlayed?.(story)
    const broken = [...brokenPromises(story), ...world.github.problems.splice(0)]
    if (broken.length > 0) throw new Error(`${broken.join('\n')}\n\n${tell(story)}`)
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
  const failure = `Schedule ${details.numRuns} broke a promise; play it again: ${again}\n${reason}`
  return { seed: details.seed, runs: details.numRuns, failure }
}
