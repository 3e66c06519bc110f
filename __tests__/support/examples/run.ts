import { join } from 'node:path'
import { type Dispatcher, dispatch } from '../../../simulator/dispatch.ts'
import type { LocalGitHub, Product, TokenGrant } from '../../../simulator/github/index.ts'
import {
  type Line,
  type RunnerEvent,
  type RunOptions,
  runWorkflow,
  type WorkflowResult
} from '../../../simulator/runner/index.ts'
import { expectWellBehaved, ROOT } from '../scenario.ts'
import { stageRunner } from '../stage-runner.ts'
import { calledBy, type Edit, openRepository, placeholderIn, type Repository } from './repository.ts'

export interface ExampleOptions extends Partial<Omit<RunOptions, 'workflow' | 'event'>> {
  edits?: readonly Edit[]
  product?: Product
}

/** What a case of a recipe works with. */
export interface World {
  readonly github: LocalGitHub
  run(file: string, event: RunnerEvent, options?: ExampleOptions): Promise<WorkflowResult>
  /** Starts the first one; the others start as GitHub starts them, see `simulator/dispatch.ts`. */
  dispatch(files: readonly [string, ...string[]], event: RunnerEvent, options?: ExampleOptions): Promise<Dispatcher>
}

/** Runs the examples of a recipe. The page states the result of the returned run and the deployments. */
export type Case = (world: World) => Promise<WorkflowResult>

/** A recipe by the title of its section, and a case for each row of its table of outcomes. */
export interface Recipe {
  readonly title: string
  /** The tokens that it uses beside `GITHUB_TOKEN`. */
  readonly tokens?: Record<string, TokenGrant>
  readonly cases: Readonly<Record<string, Case>>
}

/** Programs such as `aws` and `helm`, see `__tests__/stand-ins/README.md`. */
export const PROGRAMS = join(ROOT, '__tests__', 'stand-ins', 'bin')
export const WAITING = 'ready to be canceled'
const SIGNALS = { interruptMs: 50, terminateMs: 50, streamsMs: 200 }

/** Options of a run that is canceled as soon as a step says that it is ready for that. */
export const CANCELED = { signalTimings: SIGNALS, cancelWhen: ({ text }: Line) => text.includes(WAITING) }

export type VariantName = 'succeeds' | 'fails' | 'is canceled'
type Variants = Record<VariantName, Case>

/** The options of a run whose deploy, a text of the example, does what `name` says. */
export function variant(name: VariantName, deploy: string): ExampleOptions {
  if (name === 'succeeds') return {}
  if (name === 'fails') return { edits: [[deploy, 'exit 1']] }
  return { ...CANCELED, edits: [[deploy, `echo ${WAITING}; exec sleep 30`]] }
}

/** The three cases of an example whose deploy is a line to replace; `what` is the end of that line. */
export function deploys(file: string, cause: () => RunnerEvent, options: ExampleOptions = {}, what = ''): Variants {
  const deploy = placeholderIn(file, what)
  const of =
    (name: VariantName): Case =>
    ({ run }) =>
      run(file, cause(), { ...options, ...variant(name, deploy) })
  return { succeeds: of('succeeds'), fails: of('fails'), 'is canceled': of('is canceled') }
}

/** A run of an example whose deploy is a program that a stand-in replaces; `name` is what the stand-in does. */
export const withStandIn =
  (file: string, cause: () => RunnerEvent, name: string): Case =>
  ({ run }) =>
    run(file, cause(), {
      ...CANCELED,
      env: { STAND_IN: name, PATH: `${PROGRAMS}:${process.env['PATH']}` },
      vars: { SERVER: 'www.example.com' }
    })

/** The three cases of such an example. */
export const deploysWith = (file: string, cause: () => RunnerEvent): Variants => ({
  succeeds: withStandIn(file, cause, 'succeeds'),
  fails: withStandIn(file, cause, 'fails'),
  'is canceled': withStandIn(file, cause, 'waits')
})

/** Runs one case; returns the result of the run and the examples that ran. */
export async function runCase(each: Case, github: LocalGitHub) {
  const ran = new Set<string>()
  const optionsIn = ({ root, actions }: Repository, options: ExampleOptions) => {
    const { edits: _, product, ...rest } = options
    const env = { ...github.env(product), ...options.env }
    return {
      ...{ root, runNode: stageRunner(), checkRunId: () => 4242, ...rest, env },
      actions: { ...actions, ...options.actions }
    }
  }
  const inRepository = async <T>(
    files: readonly string[],
    options: ExampleOptions,
    work: (repository: Repository) => Promise<T>
  ): Promise<T> => {
    const repository = openRepository(files, options.edits)
    try {
      return await work(repository)
    } finally {
      repository.remove()
    }
  }
  const result = await each({
    github,
    run: (file, event, options = {}) =>
      inRepository([file], options, async repository => {
        const workflow = repository.path(file)
        const result = await runWorkflow({ ...optionsIn(repository, options), workflow, event })
        expectWellBehaved(result)
        for (const each of [file, ...calledBy(file)]) ran.add(each)
        return result
      }),
    dispatch: (files, event, options = {}) =>
      inRepository(files, options, async repository => {
        const [first, ...others] = files
        const workflows = others.map(repository.path)
        const dispatcher = dispatch(github, { ...optionsIn(repository, options), workflows })
        await dispatcher.start(repository.path(first), event)
        for (const { result, workflow } of dispatcher.runs) {
          expectWellBehaved(result)
          for (const file of files) if (repository.path(file) === workflow) ran.add(file)
        }
        return dispatcher
      })
  })
  return { result, ran }
}

/** Each deployment, oldest first: environment, commit, states, and URL. */
export const shown = (github: LocalGitHub): string[] =>
  github.store.deployments().map(({ environment, task, sha, statuses }) => {
    const states = statuses.map(({ state }) => state).join(' ')
    const where = task === 'deploy' ? environment : `${environment} (${task})`
    return `${where} ${sha.slice(0, 4)}: ${states} ${statuses.at(-1)?.environmentUrl}`.trim()
  })
