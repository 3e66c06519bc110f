import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Dispatcher, dispatch } from '../../simulator/dispatch.ts'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { ACTION, ROOT, startGitHub, states, TOKEN } from '../support/scenario.ts'
import { lastStatus } from '../support/steps.ts'
import { type SshServer, startSshServer } from './support/ssh-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'third-party-'))
let ssh: SshServer
beforeAll(async () => {
  ssh = await startSshServer(folder)
})
afterAll(async () => {
  await ssh.stop()
  rmSync(folder, { recursive: true, force: true })
})

const APP = 'ghs_app'
const workflow = (name: string): string => join(ROOT, 'examples', 'third-party', `${name}.yml`)

const startGitHubWithApp = (): Promise<LocalGitHub> =>
  startGitHub({
    tokens: {
      [TOKEN]: { kind: 'github-token', permissions: { deployments: 'write', contents: 'read' } },
      [APP]: {
        kind: 'app',
        login: 'deployer[bot]',
        permissions: { deployments: 'write', contents: 'read' }
      }
    }
  })

/** The repository with all three workflows, and the token that is its secret `DEPLOY_TOKEN`. */
const repositoryWith = (github: LocalGitHub, token: string): Dispatcher =>
  dispatch(github, {
    workflows: [workflow('deploy'), workflow('announce')],
    root: ROOT,
    actions: { [ACTION]: ROOT, 'actions/checkout@v6': 'skip' },
    checkRunId: () => 4242,
    secrets: { DEPLOY_TOKEN: token, SSH_KEY: ssh.privateKey },
    vars: {
      SSH_DESTINATION: ssh.destination,
      SSH_FOLDER: folder,
      SSH_KNOWN_HOSTS: ssh.knownHosts,
      SITE_URL: 'https://www.example.com'
    }
  })

const order = (dispatcher: Dispatcher): Promise<void> =>
  dispatcher.start(workflow('order'), event('workflow_dispatch', { inputs: { environment: 'production' } }))

test('ordered by an App: taken over, deployed over SSH, announced, and all of it is one deployment', async () => {
  const github = await startGitHubWithApp()
  const dispatcher = repositoryWith(github, APP)
  await order(dispatcher)
  const [deployment, ...others] = github.store.deployments()
  expect(others).toEqual([])
  expect(deployment).toMatchObject({ environment: 'production', ref: 'main' })
  expect(states(github)).toEqual(['queued', 'in_progress', 'success'])
  expect(lastStatus(github)?.environmentUrl).toBe('https://www.example.com')
  expect(readFileSync(join(folder, 'revision'), 'utf8')).toBe(`${deployment?.sha}\n`)
  expect(dispatcher.runs.map(run => [run.event, run.result.conclusion])).toEqual([
    ['workflow_dispatch', 'success'],
    ['deployment', 'success'],
    ['deployment_status', 'skipped'],
    ['deployment_status', 'skipped'],
    ['deployment_status', 'success']
  ])
  const announced = dispatcher.runs.at(-1)?.result.jobs['announce']?.summaries
  expect(announced?.join('')).toBe('production is up to date, https://www.example.com\n')
})

test('ordered by the workflow’s own token: GitHub starts nothing, and it stays queued', async () => {
  const github = await startGitHubWithApp()
  const dispatcher = repositoryWith(github, TOKEN)
  await order(dispatcher)
  expect(dispatcher.runs).toHaveLength(1)
  expect(states(github)).toEqual(['queued'])
})
