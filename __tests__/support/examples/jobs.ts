import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { event, HEAD_SHA } from '../../../simulator/events/index.ts'
import type { WorkflowResult } from '../../../simulator/runner/index.ts'
import { placeholderIn, STAND_INS } from './repository.ts'
import {
  CANCELED,
  type Case,
  deploys,
  type ExampleOptions,
  PROGRAMS,
  type Recipe,
  type VariantName,
  variant,
  type World
} from './run.ts'

const pushed = () => event('push')
const START = `- uses: org/deploy-status-action@v1
        with:
          environment: production
          environment-url: \${{ steps.deploy.outputs.url }}
          auto-finish: false
`
const TEST = 'echo "Replace this line with your own test"'
/** The token that the stand-in for the App's action creates. */
export const APP_TOKENS = {
  ghs_app: { kind: 'app', login: 'deployer[bot]', permissions: { contents: 'read', deployments: 'write' } }
} as const

const APP = { vars: { APP_CLIENT_ID: 'Iv1.app' }, secrets: { APP_PRIVATE_KEY: 'a key' } }
const ORDER = ['third-party/order.yml', 'third-party/deploy.yml', 'third-party/announce.yml'] as const

/** Requests a deployment, and returns the run that performs it. */
async function perform({ github, dispatch }: World, variant: string, options: ExampleOptions = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'server-'))
  try {
    const request = event('workflow_dispatch', { inputs: { environment: 'production' } })
    const { runs } = await dispatch(ORDER, request, {
      ...CANCELED,
      ...options,
      env: { PATH: `${PROGRAMS}:${process.env['PATH']}`, STAND_IN: variant, SERVER: folder },
      secrets: { DEPLOY_TOKEN: 'ghs_app', SSH_KEY: 'a key' },
      vars: { SITE_URL: 'https://www.example.com', SSH_DESTINATION: 'ssh://a@b:1', SSH_FOLDER: '/srv/www' }
    })
    const performed = runs.find(each => each.event === 'deployment')?.result
    if (performed === undefined) throw new Error('The deployment was not performed')
    expect(github.store.deployments()).toHaveLength(1)
    const isPlain = variant === 'succeeds' && options.actions === undefined
    if (isPlain) expect(readFileSync(join(folder, 'input'), 'utf8')).toBe(`${github.store.deployments()[0]?.sha}\n`)
    const announcements = runs.filter(({ result }) => result.jobs['announce']?.conclusion === 'success')
    return { performed, announcements: announcements.length }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A case of the deploy with the token of an App, with the message that is sent about it. */
const notified =
  (name: VariantName, message: string): Case =>
  async ({ github, dispatch }) => {
    const folder = mkdtempSync(join(tmpdir(), 'slack-'))
    try {
      const { runs } = await dispatch(['app-token.yml', 'notify.yml'], pushed(), {
        ...variant(name, placeholderIn('app-token.yml')),
        vars: APP.vars,
        secrets: { ...APP.secrets, SLACK_WEBHOOK: 'https://hooks.example.com/1' },
        env: { PATH: `${PROGRAMS}:${process.env['PATH']}`, SENT: join(folder, 'sent') }
      })
      const log = github.store.deployments()[0]?.statuses.at(-1)?.logUrl
      expect(JSON.parse(readFileSync(join(folder, 'sent'), 'utf8'))).toEqual({ text: `${message} ${log}` })
      return runs[0]?.result as WorkflowResult
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

/** A run on a deployment that another system has requested, with these secrets. */
const performWith =
  (secrets: Record<string, string>): Case =>
  ({ github, run }) => {
    const { id, environment, sha, ref, task } = github.store.seedDeployment({ state: 'queued', sha: HEAD_SHA })
    return run('third-party/deploy.yml', event('deployment', { deployment: { id, environment, sha, ref, task } }), {
      env: { PATH: `${PROGRAMS}:${process.env['PATH']}` },
      vars: { SITE_URL: 'https://www.example.com', SSH_DESTINATION: 'ssh://a@b:1', SSH_FOLDER: '/srv/www' },
      secrets
    })
  }

const BAD_CREDENTIALS = { status: 401, body: { message: 'Bad credentials' } }

/** docs/recipes/jobs.md and docs/recipes/events.md. */
export const jobRecipes: readonly Recipe[] = [
  {
    title: 'Deploy in one job, finish in another',
    cases: {
      ...deploys('finish-in-another-job.yml', pushed),
      'succeeds, and the test fails': ({ run }) =>
        run('finish-in-another-job.yml', pushed(), { edits: [[TEST, 'exit 1']] }),
      'succeeds, the test fails, and the failed jobs are re-run': async ({ run }) => {
        const options = { runId: 77, edits: [[TEST, 'exit 1']] } as const
        await run('finish-in-another-job.yml', pushed(), options)
        // GitHub keeps the result of the deploy job.
        const edits = [[START, '- run: "true"\n']] as const
        return run('finish-in-another-job.yml', pushed(), { runId: 77, runAttempt: 2, edits })
      },
      'succeeds, and the run is canceled while the report runs': ({ run }) => {
        const cancel = new AbortController()
        return run('finish-in-another-job.yml', pushed(), {
          cancel: cancel.signal,
          onStep: ({ job }) => (job === 'report' ? cancel.abort() : undefined)
        })
      },
      'is skipped': ({ run }) =>
        run('finish-in-another-job.yml', pushed(), { edits: [['name: Deploy\n    runs-on', 'if: false\n    runs-on']] })
    }
  },
  { title: 'A reusable workflow', cases: deploys('reusable/release.yml', () => event('release')) },
  {
    title: 'Inside composite actions',
    cases: deploys('composite/deploy.yml', pushed)
  },
  {
    title: 'Notify about results',
    tokens: APP_TOKENS,
    cases: {
      succeeds: notified('succeeds', 'production: success ()'),
      fails: notified('fails', 'production: failure (Failed)'),
      'is canceled': notified('is canceled', 'production: failure (Canceled)')
    }
  },
  {
    title: 'Perform a requested deployment',
    tokens: APP_TOKENS,
    cases: {
      succeeds: async world => {
        const { performed, announcements } = await perform(world, 'succeeds')
        expect(announcements).toBe(1)
        return performed
      },
      fails: async world => (await perform(world, 'fails')).performed,
      'is canceled': async world => (await perform(world, 'waits')).performed,
      'fails in the checkout': async world => {
        const actions = { 'actions/checkout@v6': join(STAND_INS, 'failing-checkout') }
        return (await perform(world, 'succeeds', { actions })).performed
      },
      'succeeds with an empty `DEPLOY_TOKEN`': performWith({}),
      'is not started, because `DEPLOY_TOKEN` is invalid': performWith({ DEPLOY_TOKEN: 'ghs_revoked' }),
      'succeeds, and the token expires before the end': async world => {
        world.github.intercept(({ token, body }) =>
          token === 'ghs_app' && Object(body).state === 'success' ? BAD_CREDENTIALS : undefined
        )
        const { performed, announcements } = await perform(world, 'succeeds')
        expect(announcements).toBe(0)
        return performed
      }
    }
  },
  {
    title: 'Start other workflows with the token of an App',
    tokens: APP_TOKENS,
    cases: {
      ...deploys('app-token.yml', pushed, APP),
      succeeds: async ({ dispatch }) => {
        const { runs } = await dispatch(['app-token.yml', 'third-party/announce.yml'], pushed(), APP)
        expect(runs.map(run => `${run.event}: ${run.result.conclusion}`)).toEqual([
          ...['push: success', 'deployment_status: skipped', 'deployment_status: success']
        ])
        // The token is revoked after its last use.
        const posts = runs[0]?.result.jobs['deploy']?.steps.filter(step => step.stage === 'post')
        expect(posts?.map(step => step.uses?.split('@')[0])).toEqual([
          ...['org/deploy-status-action', 'actions/create-github-app-token']
        ])
        return runs[0]?.result as WorkflowResult
      }
    }
  }
]
