import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { ACTION, ROOT, startGitHub, states, writes } from '../support/scenario.ts'
import { lastStatus, runSteps, sh, use, warnings } from '../support/steps.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'composite-'))
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Writes a local composite action whose inputs are those that its steps name. */
function composite(name: string, steps: readonly object[]): void {
  const used = JSON.stringify(steps).matchAll(/inputs\.([\w-]+)/g)
  const inputs = Object.fromEntries([...used].map(([, input]) => [input, {}]))
  mkdirSync(join(root, name))
  const runs = { using: 'composite', steps: steps.map(step => ({ shell: 'bash', ...step })) }
  for (const step of runs.steps) if ('uses' in step) Reflect.deleteProperty(step, 'shell')
  writeFileSync(join(root, name, 'action.yml'), JSON.stringify({ name, inputs, runs }))
}

const local = (name: string, inputs: Record<string, string> = {}) => ({
  uses: `./${name}`,
  with: inputs
})

const run = (github: LocalGitHub, steps: readonly object[], options: object = {}) =>
  runSteps(github, steps as ReturnType<typeof use>[], {
    root,
    actions: { [ACTION]: ROOT },
    ...options
  })

const DEPLOY = sh('echo "url=https://$RUN_BY.example.com" >> "$GITHUB_OUTPUT"', {
  id: 'deploy',
  env: { RUN_BY: 'inner' }
})
const FAILING = sh('exit 1')

/** The inputs of the action, each the input of the composite action that has the same name. */
const handedOn = (...names: string[]) => Object.fromEntries(names.map(name => [name, `\${{ inputs.${name} }}`]))

test('one deep: the late URL of the same composite action arrives', async () => {
  const github = await startGitHub()
  composite('inner', [
    use({ ...handedOn('environment'), 'environment-url': '${{ steps.deploy.outputs.url }}' }),
    DEPLOY
  ])
  const job = await run(github, [local('inner', { environment: 'qa' })])
  expect(warnings(job)).toEqual([])
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(lastStatus(github)).toMatchObject({
    environment: 'qa',
    environmentUrl: 'https://inner.example.com'
  })
})

test('one deep: a failure inside it, and one after it, is a failure', async () => {
  for (const [inside, after] of [
    [[FAILING], []],
    [[], [FAILING]]
  ] as const) {
    const github = await startGitHub()
    rmSync(join(root, 'inner'), { recursive: true, force: true })
    composite('inner', [use(handedOn('environment')), ...inside])
    await run(github, [local('inner', { environment: 'qa' }), ...after])
    expect(states(github)).toEqual(['in_progress', 'failure'])
  }
})

test('one deep: a cancelled job is cancelled', async () => {
  const github = await startGitHub()
  composite('inner', [use(handedOn('environment')), sh('echo deploying; exec sleep 60')])
  await run(github, [local('inner', { environment: 'qa' })], {
    cancelWhen: (line: { text: string }) => line.text === 'deploying'
  })
  expect(lastStatus(github)).toMatchObject({ state: 'failure', description: 'Canceled' })
})

/** `outer` uses `inner`. Post steps get the inputs and steps of `outer`, a defect of the runner. */
function nest(inner: readonly object[], outer: Record<string, string>, own: readonly object[] = []) {
  composite('inner', inner)
  composite('outer', [local('inner', outer), ...own])
}

test('two deep: a deployment stays in the environment of main', async () => {
  const github = await startGitHub()
  nest([use(handedOn('environment'))], { environment: '${{ inputs.environment }}-inner' })
  await run(github, [local('outer', { environment: 'qa' })])
  const [deployment] = github.store.deployments()
  expect(github.store.deployments()).toHaveLength(1)
  expect(deployment?.statuses.map(each => `${each.environment} ${each.state}`)).toEqual([
    'qa-inner in_progress',
    'qa-inner success'
  ])
})

test('two deep: inputs that are empty in post have the values that main saved', async () => {
  const github = await startGitHub()
  const old = github.store.seedDeployment({
    environment: 'qa',
    state: 'success',
    production: true
  })
  const inputs = {
    environment: 'qa',
    'environment-url': 'https://qa.example.com',
    'log-url': 'https://ci.example.com/9',
    description: 'Nightly',
    'auto-inactive': 'all',
    summary: 'false',
    timeout: '30'
  }
  nest([use(handedOn(...Object.keys(inputs)))], inputs)
  const job = await run(github, [local('outer')])
  expect(lastStatus(github)).toMatchObject({
    state: 'success',
    environment: 'qa',
    environmentUrl: 'https://qa.example.com',
    logUrl: 'https://ci.example.com/9',
    description: 'Nightly'
  })
  expect(github.store.stateOf(old.id)).toBe('inactive')
  expect(job.summaries).toEqual([])
  expect(warnings(job)).toEqual([])
})

test("two deep: another composite's repository, id and log are not taken", async () => {
  const github = await startGitHub()
  const other = github.store.seedDeployment({ environment: 'other', state: 'in_progress' })
  const names = ['environment', 'repository', 'deployment-id', 'log-url', 'cancelled-state']
  const inner = { environment: 'qa', repository: 'octo-org/octo-repo' }
  nest([use(handedOn(...names))], inner, [
    sh(`echo "${names.map(name => `\${{ inputs.${name} }}`).join(' ')}"`),
    sh('echo deploying; exec sleep 60')
  ])
  const wrong = {
    environment: 'other',
    repository: 'octo-org/elsewhere',
    'deployment-id': String(other.id),
    'log-url': 'https://wrong.example.com',
    'cancelled-state': 'failure'
  }
  await run(github, [local('outer', wrong)], {
    cancelWhen: (line: { text: string }) => line.text === 'deploying'
  })
  expect(github.store.stateOf(other.id)).toBe('in_progress')
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(lastStatus(github)?.environment).toBe('qa')
  expect(lastStatus(github)?.logUrl).toMatch(/\/job\/4242$/)
})

test('two deep: a dry run stays a dry run if the input is empty in post', async () => {
  const github = await startGitHub()
  nest([use(handedOn('environment', 'dry-run'))], { environment: 'qa', 'dry-run': 'true' })
  const job = await run(github, [local('outer', { environment: 'other' })])
  expect(job.conclusion).toBe('success')
  expect(writes(github)).toEqual([])
})

test('two deep: auto-finish: false stays false', async () => {
  const github = await startGitHub()
  nest([use(handedOn('environment', 'auto-finish'))], {
    environment: 'qa',
    'auto-finish': 'false'
  })
  await run(github, [local('outer')])
  expect(states(github)).toEqual(['in_progress'])
})

test('two deep: if the state is empty in post, the result of the job decides', async () => {
  for (const [steps, state] of [
    [[], 'success'],
    [[FAILING], 'failure']
  ] as const) {
    const github = await startGitHub()
    for (const name of ['inner', 'outer']) rmSync(join(root, name), { recursive: true, force: true })
    nest([use({ environment: 'qa', state: '${{ steps.only-inner.outcome }}' }), sh('true', { id: 'only-inner' })], {})
    await run(github, [local('outer'), ...steps])
    expect(lastStatus(github)?.state).toBe(state)
  }
})

test('two deep: the state in main is not a result', async () => {
  const github = await startGitHub()
  // `success` in main and empty in post: the result of the job decides.
  nest([use({ environment: 'qa', ...handedOn('state') }), FAILING], { state: 'success' })
  await run(github, [local('outer')])
  expect(states(github)).toEqual(['in_progress', 'failure'])
})

test("two deep: a token that comes back empty is replaced by the workflow's own", async () => {
  const github = await startGitHub({
    tokens: {
      ghs_local: { kind: 'github-token', permissions: { deployments: 'write' } },
      ghs_app: { kind: 'app', permissions: { deployments: 'write' } }
    }
  })
  nest([use(handedOn('environment', 'token'))], { environment: 'qa', token: 'ghs_app' })
  const job = await run(github, [local('outer')])
  const used = github.requests.filter(each => each.isWrite).map(each => each.token)
  expect(used).toEqual(['ghs_app', 'ghs_app', 'ghs_local'])
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test("two deep: the workflow's own token is not tried on another repository", async () => {
  const github = await startGitHub({
    tokens: {
      ghs_local: { kind: 'github-token', permissions: { deployments: 'write' } },
      ghs_app: { kind: 'app', permissions: { deployments: 'write' } }
    }
  })
  const other = github.store.repository('octo-org/site')
  const inputs = { environment: 'qa', token: 'ghs_app', repository: 'octo-org/site', ref: 'main' }
  nest([use(handedOn(...Object.keys(inputs)))], inputs)
  const job = await run(github, [local('outer')])
  expect(job.conclusion).toBe('success')
  expect(warnings(job)).toHaveLength(1)
  expect(github.requests.filter(each => each.token === 'ghs_local')).toEqual([])
  expect(other.deployments()[0]?.statuses.map(each => each.state)).toEqual(['in_progress'])
})
