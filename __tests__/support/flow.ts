import { event } from '../../simulator/events/index.ts'
import type { DeploymentSeed, LocalGitHub, LocalGitHubOptions } from '../../simulator/github/index.ts'
import type { Job, JobOptions, Stage } from './in-process.ts'

/** What a flow is given. `faulty` runs the stage that meets the fault. */
export interface World {
  readonly github: LocalGitHub
  job(options?: Partial<JobOptions>): Job
  faulty(stage: () => Promise<Stage>): Promise<Stage>
  /** How the job stands after a stage. */
  statusAfter(stage: Stage): string
}

/** One use of the action, with the stage that gets the faults. */
export interface Flow {
  readonly name: string
  readonly stage: 'main' | 'post'
  /** How GitHub looks at the end where nothing went wrong, newest last; see `shown`. */
  readonly wanted: readonly string[]
  readonly options?: LocalGitHubOptions
  /** What is left open is closed by the end of the job, which comes after the faults. */
  readonly isClosed?: true
  /** The last two requests come after the confirmed success: they may fail with a warning. */
  readonly supersedes?: true
  run(world: World): Promise<void>
}

/** Each deployment with its states, and then the environments. */
export const shown = (github: LocalGitHub): string[] => {
  const names = github.store.environments().map(({ name }) => name)
  return [
    ...github.store
      .deployments()
      .map(({ environment, task, statuses }) =>
        [`${environment}, ${task}:`, ...statuses.map(({ state }) => state)].join(' ')
      ),
    `in ${names.join(' ')}`
  ]
}

export type Inputs = Readonly<Record<string, string>>

/** Deployments that were there before; each is active unless told. */
const seed = (github: LocalGitHub, ...seeds: DeploymentSeed[]): number[] =>
  seeds.map(each => github.store.seedDeployment({ state: 'success', autoInactive: false, ...each }).id)

/** Main meets the faults; then the job ends, with GitHub in good health again. */
export const started =
  (inputs: Inputs, seeds: readonly DeploymentSeed[] = []): Flow['run'] =>
  async world => {
    seed(world.github, ...seeds)
    const job = world.job()
    const main = await world.faulty(() => job.main(inputs))
    await job.post(main, world.statusAfter(main), inputs)
  }

/** Main is well; the end of the job meets the faults. */
export const ended =
  (inputs: Inputs, seeds: readonly DeploymentSeed[] = []): Flow['run'] =>
  async world => {
    seed(world.github, ...seeds)
    const job = world.job()
    const main = await job.main(inputs)
    await world.faulty(() => job.post(main, 'success', inputs))
  }

/** A later step of the job meets the faults; then the job ends. */
export const endedHere =
  (inputs: Inputs, seeds: readonly DeploymentSeed[] = []): Flow['run'] =>
  async world => {
    seed(world.github, ...seeds)
    const job = world.job()
    const main = await job.main(inputs)
    const done = await world.faulty(() => job.main({ mode: 'finish' }))
    await job.post(main, world.statusAfter(done), inputs)
  }

const LEFT: Inputs = { environment: 'qa', 'auto-finish': 'false' }

/** Another job of the run ends what a first one began. */
export const endedElsewhere =
  (inputs: (github: LocalGitHub) => Inputs): Flow['run'] =>
  async world => {
    const first = world.job({ job: 'deploy' })
    const main = await first.main(LEFT)
    await first.post(main, 'success', LEFT)
    const second = world.job({ job: 'report', checkRunId: 4343 })
    await world.faulty(() => second.main({ mode: 'finish', state: 'success', ...inputs(world.github) }))
  }

export const deactivated =
  (inputs: (ids: readonly number[]) => Inputs, ...seeds: DeploymentSeed[]): Flow['run'] =>
  async world => {
    const ids = seed(world.github, ...seeds)
    await world.faulty(() => world.job().main({ mode: 'deactivate', ...inputs(ids) }))
  }

/** What a runner that died left is closed on a schedule. */
export const cleanedUp: Flow['run'] = async world => {
  const payload = {
    'deploy-status-action': { v: 1, run_id: 90, run_attempt: 1, auto_finish: true, key: 'k' }
  }
  seed(world.github, { environment: 'qa', state: 'in_progress', payload })
  world.github.store.setRun(90, 1, { status: 'completed', conclusion: 'failure' })
  await world.faulty(() => world.job({ event: event('schedule') }).main({ mode: 'finish' }))
}
