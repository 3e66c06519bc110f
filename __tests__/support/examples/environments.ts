import { expect } from '@jest/globals'
import { event } from '../../../simulator/events/index.ts'
import { CANCELED, type Case, deploys, type Recipe, WAITING } from './run.ts'

const pushed = () => event('push')

/** A run that a lost runner left, and the run of the cleanup after it. */
const after =
  (conclusion: string | null, name: 'workflow_run' | 'schedule' = 'workflow_run'): Case =>
  ({ github, run }) => {
    const origin = { v: 1, run_id: 555, run_attempt: 1, auto_finish: true, key: 'k555' }
    const payload = { 'deploy-status-action': origin }
    github.store.seedDeployment({ environment: 'production', sha: 'a'.repeat(40), state: 'in_progress', payload })
    github.store.setRun(555, 1, { status: conclusion === null ? 'in_progress' : 'completed', conclusion })
    const cause =
      name === 'schedule' ? event('schedule') : event('workflow_run', { runId: 555, conclusion: `${conclusion}` })
    return run('cleanup.yml', cause)
  }

/** docs/recipes/environments-and-runners.md. */
export const environmentRecipes: readonly Recipe[] = [
  {
    title: 'Reviewers and secrets of an environment',
    cases: {
      ...deploys('protected.yml', pushed),
      succeeds: async ({ run }) => {
        const created: boolean[] = []
        const edits = [['run: echo "Replace', 'run: test "$DEPLOY_KEY" = hush # "']] as const
        const result = await run('protected.yml', pushed(), {
          ...{ edits, secrets: { DEPLOY_KEY: 'hush' } },
          onJobEnvironment: (_, { deployment }) => void created.push(deployment)
        })
        expect(created).toEqual([false, false])
        return result
      }
    }
  },
  {
    title: 'Self-hosted and spot runners',
    cases: {
      ...deploys('spot.yml', pushed),
      'runs when the runner is shut down': async ({ github, run }) => {
        const { cancelWhen, ...options } = CANCELED
        const edits = [['echo "Replace this line with your own deploy"', `echo ${WAITING}; exec sleep 30`]] as const
        const result = await run('spot.yml', pushed(), { ...options, shutdownWhen: cancelWhen, edits })
        expect(github.store.deployments()[0]?.statuses.at(-1)?.description).toBe('Interrupted')
        return result
      }
    }
  },
  {
    title: 'Clean up after lost runners',
    cases: {
      'the run failed': after('failure'),
      'the run was canceled': after('cancelled'),
      'the run succeeded': after('success'),
      'the run failed, and the cleanup runs at night': after('failure', 'schedule'),
      'the run is in progress': after(null, 'schedule')
    }
  },
  {
    title: 'GitHub Enterprise Server',
    cases: {
      ...deploys('enterprise-server.yml', pushed),
      succeeds: async ({ github, run }) => {
        const result = await run('enterprise-server.yml', pushed(), {
          ...{ product: 'ghes', checkRunId: () => undefined, runId: 77 }
        })
        expect(new Set(github.requests.map(each => each.product))).toEqual(new Set(['ghes']))
        const log = github.store.deployments()[0]?.statuses.at(-1)?.logUrl
        expect(log).toBe(`${github.origin}/octo-org/octo-repo/actions/runs/77/attempts/1`)
        return result
      }
    }
  }
]
