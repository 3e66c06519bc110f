import { fileURLToPath } from 'node:url'
import type { LocalGitHub } from '../simulator/github/index.ts'
import { type RunOptions, runWorkflow, type WorkflowResult } from '../simulator/runner/index.ts'
import { printScenario } from './print.ts'
import { type Scenario, scenariosAt } from './scenarios.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
export const print = (text: string): void => void process.stdout.write(`${text}\n`)

/** Prepares the run of a scenario for viewing in the browser. */
export type Watch = (
  scenario: Scenario,
  checkRunId: () => number
) => { options: Partial<RunOptions>; end(result: WorkflowResult): void }

/** Runs the scenarios in order. Returns the differences from the expected results. */
export async function runScenarios(
  github: LocalGitHub,
  { watch, stop }: { watch?: Watch; stop?: AbortSignal } = {}
): Promise<string[]> {
  const problems: string[] = []
  const scenarios = scenariosAt(Date.now)
  for (const [index, scenario] of scenarios.entries()) {
    const wrong = await runScenario(github, scenario(), index + 1, watch)
    // An interrupted scenario has no result.
    if (stop?.aborted) return []
    problems.push(...wrong.map(problem => `scenario ${index + 1}, ${problem}`))
  }
  problems.push(...github.problems)
  const writes = github.requests.filter(request => request.isWrite).length
  const count = `${github.requests.length} requests, ${writes} of them writes`
  if (problems.length === 0) print(`\nAll ${scenarios.length} scenarios ended as expected: ${count}.`)
  for (const problem of problems) print(`PROBLEM: ${problem}`)
  return problems
}

async function runScenario(
  github: LocalGitHub,
  scenario: Scenario,
  number: number,
  watch: Watch | undefined
): Promise<string[]> {
  print(`\n== ${number}. ${scenario.title} (${scenario.workflow})`)
  const before = github.requests.length
  const checkRunId = () => 31_415_926_000 + number
  const watched = watch?.(scenario, checkRunId)
  const result = await runWorkflow({
    workflow: scenario.workflow,
    root,
    actions: { 'org/deploy-status-action@v1': root, 'actions/checkout@v6': 'skip' },
    event: scenario.event,
    env: { ...github.env() },
    checkRunId,
    onLine: line => {
      if (!line.text.startsWith('::add-mask::')) print(`  | ${line.step}: ${line.text}`)
    },
    ...(scenario.cancelWhen && { cancelWhen: scenario.cancelWhen }),
    ...watched?.options
  })
  watched?.end(result)
  const deployment = github.store.deployments().at(-1)
  printScenario(github, result, github.requests.slice(before), deployment, print)
  const states = deployment?.statuses.map(status => status.state).join(', ') ?? 'none'
  const url = deployment?.statuses.at(-1)?.environmentUrl ?? ''
  return [
    differs('conclusion', result.conclusion, scenario.conclusion),
    differs('states', states, scenario.states.join(', ')),
    differs('environment URL', url, scenario.environmentUrl)
  ].flat()
}

const differs = (what: string, got: string, expected: string): string[] =>
  got === expected ? [] : [`${what}: expected "${expected}", got "${got}"`]
