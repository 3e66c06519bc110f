import { fileURLToPath } from 'node:url'
import type { LocalGitHub } from '../simulator/github/index.ts'
import { type RunOptions, runWorkflow, type WorkflowResult } from '../simulator/runner/index.ts'
import { printStory } from './print.ts'
import { type Story, storiesAt } from './scenarios.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
export const say = (text: string): void => void process.stdout.write(`${text}\n`)

/** Lets somebody watch a story's run. */
export type Watch = (
  story: Story,
  checkRunId: () => number
) => { options: Partial<RunOptions>; end(result: WorkflowResult): void }

/** Tells the five stories one after another and counts what went another way than it should. */
export async function tellAll(
  github: LocalGitHub,
  { watch, stop }: { watch?: Watch; stop?: AbortSignal } = {}
): Promise<string[]> {
  const problems: string[] = []
  const stories = storiesAt(Date.now)
  for (const [index, story] of stories.entries()) {
    const wrong = await tell(github, story(), index + 1, watch)
    // What is cut short proves nothing.
    if (stop?.aborted) return []
    problems.push(...wrong.map(problem => `story ${index + 1}, ${problem}`))
  }
  problems.push(...github.problems)
  const writes = github.requests.filter(request => request.isWrite).length
  const count = `${github.requests.length} requests, ${writes} of them writes`
  if (problems.length === 0) say(`\nAll ${stories.length} stories ended as they should: ${count}.`)
  for (const problem of problems) say(`WRONG: ${problem}`)
  return problems
}

async function tell(
  github: LocalGitHub,
  story: Story,
  number: number,
  watch: Watch | undefined
): Promise<string[]> {
  say(`\n== ${number}. ${story.title} (${story.workflow})`)
  const before = github.requests.length
  const checkRunId = () => 31_415_926_000 + number
  const watched = watch?.(story, checkRunId)
  const result = await runWorkflow({
    workflow: story.workflow,
    root,
    actions: { 'org/deploy-status-action@v1': root, 'actions/checkout@v6': 'skip' },
    event: story.event,
    env: { ...github.env() },
    checkRunId,
    onLine: line => {
      if (!line.text.startsWith('::add-mask::')) say(`  | ${line.step}: ${line.text}`)
    },
    ...(story.cancelWhen && { cancelWhen: story.cancelWhen }),
    ...watched?.options
  })
  watched?.end(result)
  const deployment = github.store.deployments().at(-1)
  printStory(github, result, github.requests.slice(before), deployment, say)
  const states = deployment?.statuses.map(status => status.state).join(', ') ?? 'none'
  const url = deployment?.statuses.at(-1)?.environmentUrl ?? ''
  return [
    differs('conclusion', result.conclusion, story.conclusion),
    differs('states', states, story.states.join(', ')),
    differs('environment URL', url, story.environmentUrl)
  ].flat()
}

const differs = (what: string, got: string, expected: string): string[] =>
  got === expected ? [] : [`${what}: expected "${expected}", got "${got}"`]
