import { type Dispatcher, dispatch } from '../../../simulator/dispatch.ts'
import type { LocalGitHub, LocalGitHubOptions, Product } from '../../../simulator/github/index.ts'
import { type RunnerEvent, type RunOptions, runWorkflow, type WorkflowResult } from '../../../simulator/runner/index.ts'
import { stageRunner } from '../stage-runner.ts'
import { expectWellBehaved } from '../story.ts'
import { calledBy, type Edit, openRepository, type Repository } from './repository.ts'

export interface ExampleOptions extends Partial<Omit<RunOptions, 'workflow' | 'event' | 'actions'>> {
  edit?: Edit
  product?: Product
}

/** What a story of examples works with. */
export interface World {
  readonly github: LocalGitHub
  run(file: string, event: RunnerEvent, options?: ExampleOptions): Promise<WorkflowResult>
  /** Starts the first one; the others start as GitHub starts them, see `simulator/dispatch.ts`. */
  dispatch(files: readonly [string, ...string[]], event: RunnerEvent, options?: ExampleOptions): Promise<Dispatcher>
}

/** What becomes of GitHub when examples run. */
export interface Story {
  /** Below `examples/`; each of them has to run. */
  readonly files: readonly string[]
  readonly title: string
  readonly github?: LocalGitHubOptions
  tell(world: World): Promise<void>
}

/** Tells one story; returns the examples that ran. */
export async function tell(story: Story, github: LocalGitHub): Promise<Set<string>> {
  const ran = new Set<string>()
  const optionsIn = ({ root, actions }: Repository, options: ExampleOptions) => {
    const { edit: _, product, ...rest } = options
    const env = { ...github.env(product), ...options.env }
    return { root, actions, runNode: stageRunner(), checkRunId: () => 4242, ...rest, env }
  }
  const inRepository = async <T>(
    files: readonly string[],
    options: ExampleOptions,
    work: (repository: Repository) => Promise<T>
  ): Promise<T> => {
    const repository = openRepository(files, options.edit)
    try {
      return await work(repository)
    } finally {
      repository.remove()
    }
  }
  await story.tell({
    github,
    run: (file, event, options = {}) =>
      inRepository([file], options, async repository => {
        const workflow = repository.path(file)
        const result = await runWorkflow({ ...optionsIn(repository, options), workflow, event })
        expectWellBehaved(result)
        const isCalled = Object.keys(result.jobs).some(name => name.includes(' / '))
        for (const each of [file, ...(isCalled ? calledBy(file) : [])]) ran.add(each)
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
  return ran
}

/** Each deployment, oldest first: where, which commit, its states, and where it can be looked at. */
export const shown = (github: LocalGitHub): string[] =>
  github.store.deployments().map(({ environment, task, sha, statuses }) => {
    const states = statuses.map(({ state }) => state).join(' ')
    const where = task === 'deploy' ? environment : `${environment} (${task})`
    return `${where} ${sha.slice(0, 4)}: ${states} ${statuses.at(-1)?.environmentUrl}`.trim()
  })
