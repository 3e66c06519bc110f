import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'
import { withClone } from '../__tests__/support/examples/clone.ts'
import { runCase } from '../__tests__/support/examples/run.ts'
import { ROOT, startGitHub } from '../__tests__/support/scenario.ts'
import { runSteps, use } from '../__tests__/support/steps.ts'
import { event, HEAD_SHA } from '../simulator/events/index.ts'
import type { LocalGitHub } from '../simulator/github/index.ts'

// Argo CD's own notification service finishes the deployments, as a GitHub App.

const run = promisify(execFile)
const PROGRAM = join(ROOT, 'consumers', 'node_modules', '.cache', 'argo')
const PERMISSIONS = { deployments: 'write', contents: 'read', metadata: 'read' } as const
const key = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' }
})

const start = (): Promise<LocalGitHub> =>
  startGitHub({
    refs: { 'refs/heads/main': HEAD_SHA },
    tokens: { ghs_local: { permissions: PERMISSIONS } },
    apps: {
      7: {
        login: 'argo-cd[bot]',
        publicKey: key.publicKey,
        installations: { 9: { permissions: PERMISSIONS } }
      }
    }
  })

/** Deploys with `auto-finish: false`, as a job does that only updates the manifests. */
const deploy = async (github: LocalGitHub, inputs: Record<string, string> = {}) => {
  const step = use({ environment: 'production', 'auto-finish': 'false', ...inputs })
  const trigger = event('push', { branch: 'main', sha: HEAD_SHA })
  expect((await runSteps(github, [step], { event: trigger })).conclusion).toBe('success')
}

/** Argo CD has synced the commit and sends its notification. */
const sync = (github: LocalGitHub, state: string, revision = HEAD_SHA): Promise<unknown> =>
  run(PROGRAM, [], {
    timeout: 60_000,
    env: {
      API_URL: `${github.origin}/api/v3/`,
      APP_ID: '7',
      INSTALLATION_ID: '9',
      PRIVATE_KEY: key.privateKey,
      REPOSITORY_URL: 'https://github.com/octo-org/octo-repo.git',
      REVISION: revision,
      ENVIRONMENT: 'production',
      STATE: state
    }
  })

const deployments = (github: LocalGitHub) =>
  github.store.deployments().map(({ ref, statuses }) => [ref, ...statuses.map(status => status.state)])

test.each(['success', 'failure'])('Argo CD finishes our deployment with %s and creates no other', async state => {
  const github = await start()
  await deploy(github)
  await sync(github, state)
  expect(deployments(github)).toEqual([[HEAD_SHA, 'in_progress', state]])
  expect(github.store.deployments()[0]?.statuses.at(-1)).toMatchObject({
    creator: { login: 'argo-cd[bot]' },
    environmentUrl: 'https://www.example.com',
    logUrl: 'https://argocd.example.com/applications/app'
  })
})

test('the recipe hands its commit over, and Argo CD finishes that deployment', async () => {
  const github = await start()
  await withClone(['First'], async ({ folder, remote }) => {
    const cause = event('workflow_dispatch', { inputs: { image: 'ghcr.io/octo-org/app:42' } })
    await runCase(recipe => recipe.run('gitops/argo-cd.yml', cause, { workspace: folder }), github)
    const revision = remote('rev-parse', 'main')
    await sync(github, 'success', revision)
    expect(deployments(github)).toEqual([[revision, 'queued', 'success']])
  })
})

test('we fail the reader: with a branch as `ref`, Argo CD creates a second deployment, and ours stays in progress', async () => {
  const github = await start()
  await deploy(github, { ref: 'main' })
  await sync(github, 'success')
  expect(deployments(github)).toEqual([
    ['main', 'in_progress'],
    [HEAD_SHA, 'success']
  ])
})
