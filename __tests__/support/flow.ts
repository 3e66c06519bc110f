import { event } from '../../simulator/events/index.ts'
import type { DeploymentSeed, LocalGitHub, LocalGitHubOptions } from '../../simulator/github/index.ts'
import type { ActionResult } from '../../simulator/runner/index.ts'
import type { Job, JobOptions } from './job.ts'

/** What a flow uses. `faulty` runs the stage that the faults are for. */
export interface World {
  readonly github: LocalGitHub
  job(options?: Partial<JobOptions>): Job
  faulty(stage: () => Promise<ActionResult>): Promise<ActionResult>
  /** The status of the job after a stage. */
  statusAfter(stage: ActionResult): string
}

/** One use of the action, with the stage that gets the faults. */
export interface Flow {
  readonly name: string
  readonly stage: 'main' | 'post'
  /** What is on GitHub at the end without faults, newest last. See `shown`. */
  readonly wanted: readonly string[]
  readonly options?: LocalGitHubOptions
  /** The end of the job, which comes after the faults, finishes what is unfinished. */
  readonly isClosed?: true
  /** The last two requests follow the confirmed success, so they may fail with a warning. */
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

/** Creates earlier deployments. The default state is `success`. */
const seed = (github: LocalGitHub, ...seeds: DeploymentSeed[]): number[] =>
  seeds.map(each => github.store.seedDeployment({ state: 'success', autoInactive: false, ...each }).id)

/** Main gets the faults, then the job ends without faults. */
export const started =
  (inputs: Inputs, seeds: readonly DeploymentSeed[] = []): Flow['run'] =>
  async world => {
    seed(world.github, ...seeds)
    const job = world.job()
    const main = await world.faulty(() => job.main(inputs))
    await job.post(main, world.statusAfter(main), inputs)
  }

/** The end of the job gets the faults. */
export const ended =
  (inputs: Inputs, seeds: readonly DeploymentSeed[] = []): Flow['run'] =>
  async world => {
    seed(world.github, ...seeds)
    const job = world.job()
    const main = await job.main(inputs)
    await world.faulty(() => job.post(main, 'success', inputs))
  }

/** A later step of the job gets the faults, then the job ends without faults. */
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

/** Another job of the run finishes the deployment of the first job. */
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

/** A scheduled run finishes the deployment of a run whose runner was lost. */
export const cleanedUp: Flow['run'] = async world => {
  const payload = {
    'deploy-status-action': { v: 1, run_id: 90, run_attempt: 1, auto_finish: true, key: 'k' }
  }
  seed(world.github, { environment: 'qa', state: 'in_progress', payload })
  world.github.store.setRun(90, 1, { status: 'completed', conclusion: 'failure' })
  await world.faulty(() => world.job({ event: event('schedule') }).main({ mode: 'finish' }))
}
