/**
 * The main job, without a repository and without a network: a local GitHub, a local runner, and the
 * action as it ships, through five stories. Ends with 0 where each ended as it should, else with 1.
 */
import { fileURLToPath } from 'node:url'
import { type LocalGitHub, startLocalGitHub } from '../github/index.ts'
import { runWorkflow } from '../runner/index.ts'
import { printStory } from './print.ts'
import { KNOWN_COMMITS, type Story, storiesAt } from './stories.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const say = (text: string): void => void process.stdout.write(`${text}\n`)

async function tell(github: LocalGitHub, story: Story, number: number): Promise<string[]> {
  say(`\n== ${number}. ${story.title} (${story.workflow})`)
  const before = github.requests.length
  const result = await runWorkflow({
    workflow: story.workflow,
    root,
    actions: { 'org/deploy-status-action@v1': root, 'actions/checkout@v6': 'skip' },
    event: story.event,
    env: { ...github.env() },
    checkRunId: () => 31_415_926_000 + number,
    onLine: line => {
      if (!line.text.startsWith('::add-mask::')) say(`  | ${line.step}: ${line.text}`)
    },
    ...(story.cancelWhen && { cancelWhen: story.cancelWhen })
  })
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

const github = await startLocalGitHub({ commits: KNOWN_COMMITS })
const problems: string[] = []
try {
  say(`A local GitHub listens on ${github.origin}`)
  const stories = storiesAt(Date.now)
  for (const [index, story] of stories.entries()) {
    const wrong = await tell(github, story(), index + 1)
    problems.push(...wrong.map(problem => `story ${index + 1}, ${problem}`))
  }
  problems.push(...github.problems)
  const writes = github.requests.filter(request => request.isWrite).length
  const count = `${github.requests.length} requests, ${writes} of them writes`
  if (problems.length === 0) say(`\nAll ${stories.length} stories ended as they should: ${count}.`)
  for (const problem of problems) say(`WRONG: ${problem}`)
} finally {
  await github.close()
}
process.exitCode = problems.length === 0 ? 0 : 1
