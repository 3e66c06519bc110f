import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'yaml'
import type { Migration } from '../../scripts/migrating.ts'
import { type EventName, event, HEAD_SHA } from '../../simulator/events/index.ts'
import type { DeploymentSeed, LocalGitHub } from '../../simulator/github/index.ts'
import {
  type JobEnvironment,
  type RunnerEvent,
  runWorkflow,
  type WorkflowResult
} from '../../simulator/runner/index.ts'
import { installPeers, peerRunner, withScripts } from './migrate-peer-runner.ts'
import { READY } from './migrate-scripts.ts'
import { ACTION, CHECK_RUN, ROOT } from './scenario.ts'
import { seed } from './seeds.ts'

// Runs the workflows of docs/migrating.md, with stand-ins for the actions, for `gh`, and for the user's scripts.

/** The rows of a table in the order in which they run: a deploy that succeeds replaces what was active. */
const ROWS: Readonly<Record<string, string>> = {
  fails: 'fails',
  'is canceled': 'canceled',
  'succeeds, a later step fails': 'later',
  succeeds: 'works',
  'The pull request is closed': 'closed'
}

const REFS = { 'refs/heads/main': HEAD_SHA, 'refs/heads/changes': HEAD_SHA, 'refs/pull/12/merge': HEAD_SHA }
const TOKENS = {
  ghs_local: { kind: 'github-token', permissions: { deployments: 'write', contents: 'read' } },
  ghs_admin: { kind: 'app', permissions: { deployments: 'write', administration: 'write', actions: 'read' } }
} as const

/** The branches, the pull request, and the tokens of the page. */
export const GITHUB = { tokens: TOKENS, refs: REFS }

/** A folder with everything that the steps of a workflow start. */
export interface Desk {
  readonly folder: string
  readonly actions: Readonly<Record<string, string>>
}

export function openDesk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'migrating-'))
  mkdirSync(join(folder, 'bin'))
  copyFileSync(join(ROOT, '__tests__/support/gh.sh'), join(folder, 'bin/gh'))
  return { folder, actions: { ...installPeers(folder), [ACTION]: ROOT, 'actions/checkout@v6': 'skip' } }
}

/** A workflow and the files that it uses, by path. */
export interface Workflow {
  readonly text: string
  readonly files: Readonly<Record<string, string>>
}

/** One side of a migration. */
export const sideOf = ({ workflow, files }: Migration, side: 'before' | 'after'): Workflow => ({
  text: workflow[side],
  files: Object.fromEntries(Object.entries(files).map(([path, change]) => [path, change[side]]))
})

/** What a run left: the states of its deployments, and of those that were active before. */
export interface Left {
  readonly made: readonly string[]
  readonly previous: readonly string[]
  readonly result: WorkflowResult
}

/**
 * Runs a workflow once for each row. What its first run deploys is active before each of them, or else what is found.
 */
export async function runRows(
  desk: Desk,
  github: LocalGitHub,
  workflow: Workflow,
  rows: readonly string[],
  found?: DeploymentSeed
): Promise<Map<string, Left>> {
  if (found !== undefined) seed(github, found)
  else if (!isOrdered(workflow)) await runRow(desk, github, workflow, 'succeeds')
  const active = github.store.deployments().map(({ id }) => id)
  const left = new Map<string, Left>()
  const order = Object.keys(ROWS)
  for (const when of rows.toSorted((one, other) => order.indexOf(one) - order.indexOf(other))) {
    for (const id of active) activate(github, id)
    left.set(when, await runRow(desk, github, workflow, when, active))
  }
  return left
}

/** Posts a success, as the other system does if the workflow only hands over, and after a row that replaced it. */
function activate(github: LocalGitHub, id: number): void {
  const exists = github.store.deployments().some(each => each.id === id)
  const isActive = exists && github.store.stateOf(id) === 'success'
  if (exists && !isActive) github.store.seedStatus(id, { state: 'success', autoInactive: false })
}

async function runRow(
  desk: Desk,
  github: LocalGitHub,
  { text, files }: Workflow,
  when: string,
  active: readonly number[] = []
): Promise<Left> {
  const outcome = ROWS[when]
  if (outcome === undefined) throw new Error(`no such row: ${when}`)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(desk.folder, dirname(path)), { recursive: true })
    writeFileSync(join(desk.folder, path), withScripts(content))
  }
  const ordered = isOrdered({ text }) ? [github.store.seedDeployment({ environment: 'production' }).id] : undefined
  const before = github.store.deployments().map(({ id }) => id)
  const live = before.filter(id => github.store.stateOf(id) === 'success')
  const previous = ordered ?? [...new Set([...active, ...live])]
  if (text.startsWith('on: delete\n')) github.store.setRef('refs/heads/changes', undefined)
  const native = nativeDeployments(github)
  const result = await runWorkflow({
    workflow: `name: Deploy\n${withScripts(text)}`,
    root: desk.folder,
    actions: desk.actions,
    event: eventOf(text, outcome === 'closed', before.at(-1)),
    secrets: { ADMIN_TOKEN: 'ghs_admin', DEPLOY_KEY: 'key' },
    env: { ...github.env(), OUTCOME: outcome, PATH: `${join(desk.folder, 'bin')}:${process.env['PATH']}` },
    checkRunId: () => CHECK_RUN,
    cancelWhen: line => line.text === READY,
    runNode: peerRunner(),
    onJobEnvironment: native.onJobEnvironment
  })
  native.end(result)
  const now = new Map(github.store.deployments().map(({ id }) => [id, github.store.stateOf(id)]))
  const made = [...now].filter(([id]) => !before.includes(id)).map(([, state]) => state)
  return { made, previous: previous.map(id => now.get(id) ?? 'deleted'), result }
}

/** Whether a workflow carries out deployments that something else creates. */
const isOrdered = ({ text }: Pick<Workflow, 'text'>): boolean => text.startsWith('on: deployment\n')

/** The event of the first name below `on`. */
function eventOf(workflow: string, isClosed: boolean, deployment: number | undefined): RunnerEvent {
  const { on } = parse(workflow) as { on: string | Record<string, { types?: string[] } | null> }
  const [name = '', filter] = typeof on === 'string' ? [on] : (Object.entries(on)[0] ?? [])
  const action = isClosed ? 'closed' : (filter?.types?.[0] ?? 'opened')
  const closed = action === 'closed' ? { closedAt: '2100-01-01T00:00:00Z' } : {}
  if (name === 'pull_request') return event(name, { number: 12, action, ...closed })
  if (name === 'deployment') return event(name, { deployment: { id: deployment, environment: 'production' } })
  return event(name as EventName)
}

/** What GitHub does with a job's `environment:`: it creates a deployment. A canceled job is a failure. */
function nativeDeployments(github: LocalGitHub) {
  const made = new Map<string, { id: number; url: string }>()
  return {
    onJobEnvironment(job: string, { name, url, deployment }: JobEnvironment): void {
      if (!deployment) return
      const { id } = made.get(job) ?? github.store.seedDeployment({ environment: name, state: 'in_progress' })
      made.set(job, { id, url })
    },
    end({ jobs }: WorkflowResult): void {
      for (const [job, { id, url }] of made) {
        const isGreen = jobs[job]?.conclusion === 'success'
        const isLive = (each: number): boolean => each < id && github.store.stateOf(each) === 'success'
        const live = github.store.deployments().filter(each => isLive(each.id))
        for (const each of isGreen ? live : []) github.store.seedStatus(each.id, { state: 'inactive' })
        github.store.seedStatus(id, { state: isGreen ? 'success' : 'failure', environmentUrl: url })
      }
    }
  }
}
