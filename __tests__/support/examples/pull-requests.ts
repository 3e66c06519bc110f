import { expect } from '@jest/globals'
import { event } from '../../../simulator/events/index.ts'
import type { RunnerEvent } from '../../../simulator/runner/index.ts'
import { deploys, type Recipe, shown } from './run.ts'

const opened = (): RunnerEvent => event('pull_request')
/** GitHub's times are in seconds, so what was deployed before must be older. */
const closed = (options: Parameters<typeof event>[1] = {}): RunnerEvent =>
  event('pull_request', {
    ...{ action: 'closed', closedAt: new Date(Date.now() + 1000).toISOString() },
    ...options
  })

const ofFork = { fork: 'stranger/octo-repo', branch: 'x,production' }
const built = (options: Parameters<typeof event>[1] = {}): RunnerEvent =>
  event('workflow_run', { conclusion: 'success', runId: 555, ...ofFork, ...options })

/** docs/recipes/pull-requests.md. */
export const pullRequestRecipes: readonly Recipe[] = [
  {
    title: 'A preview for each pull request',
    cases: {
      ...deploys('preview.yml', opened),
      'succeeds twice': async ({ run }) => {
        await run('preview.yml', event('pull_request', { sha: '1'.repeat(40) }))
        return run('preview.yml', event('pull_request', { action: 'synchronize' }))
      },
      'succeeds, and the pull request is closed': async ({ run }) => {
        await run('preview.yml', opened())
        return run('preview.yml', closed())
      }
    }
  },
  {
    title: 'One job for open and closed pull requests',
    cases: {
      ...deploys('review-app.yml', opened, {}, 'your own deploy'),
      'succeeds, and the pull request is closed': async ({ run }) => {
        await run('review-app.yml', opened())
        const result = await run('review-app.yml', closed())
        expect(result.jobs['review-app']?.annotations.filter(each => each.level === 'warning')).toEqual([])
        expect(result.jobs['review-app']?.log).toContain('destroys the app')
        return result
      },
      'succeeds, and destroying the preview fails': async ({ run }) => {
        await run('review-app.yml', opened())
        const edits = [['echo "Replace this line with the command that destroys the app"', 'exit 1']] as const
        return run('review-app.yml', closed(), { edits })
      }
    }
  },
  {
    title: 'Previews in one shared environment',
    cases: {
      ...deploys('shared-preview.yml', opened),
      'succeeds for pull requests 2 and 3, and 3 is closed': async ({ github, run }) => {
        const push = (number: number, sha: string) =>
          run('shared-preview.yml', event('pull_request', { number, sha: sha.repeat(40) }))
        await push(2, '1')
        await push(3, '2')
        await push(2, '3')
        const active = shown(github).filter(line => !line.includes('inactive'))
        expect(active).toEqual([
          'preview (preview-3) 2222: in_progress success https://preview.example.com/3',
          'preview (preview-2) 3333: in_progress success https://preview.example.com/2'
        ])
        expect(github.store.deployments().every(each => each.transient)).toBe(true)
        return run('shared-preview.yml', closed({ number: 3 }))
      }
    }
  },
  {
    title: 'A preview of a build, also from forks',
    cases: {
      ...deploys('after-a-build.yml', built, {}, 'upload of the folder site'),
      'succeeds, and the pull request is closed': async ({ github, run }) => {
        // The name of a branch of a fork reaches no other environment.
        github.store.seedDeployment({ environment: 'production', state: 'success', sha: 'b'.repeat(40) })
        const { jobs } = await run('after-a-build.yml', built())
        expect(jobs['publish']?.log).toContain('Downloaded site of run 555')
        const { payload } = closed(ofFork)
        return run('after-a-build.yml', { name: 'pull_request_target', payload })
      },
      'is not started, because the build failed': ({ run }) =>
        run('after-a-build.yml', built({ conclusion: 'failure' })),
      'is not started, because the build was for a push': ({ run }) =>
        run('after-a-build.yml', built({ payload: { workflow_run: { event: 'push' } } }))
    }
  },
  {
    title: 'Required deployments',
    cases: {
      ...deploys('required-deployment.yml', opened),
      'succeeds for two pull requests': async ({ run }) => {
        await run('required-deployment.yml', event('pull_request', { number: 2, sha: '1'.repeat(40) }))
        return run('required-deployment.yml', event('pull_request', { number: 3 }))
      }
    }
  }
]
