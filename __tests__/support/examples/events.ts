import { expect } from '@jest/globals'
import { event } from '../../../simulator/events/index.ts'
import type { RunnerEvent } from '../../../simulator/runner/index.ts'
import { type Story, shown } from './run.ts'

/** GitHub's times have a second's resolution: what was deployed before must be older. */
const closed = (options: Parameters<typeof event>[1] = {}): RunnerEvent =>
  event('pull_request', {
    ...{ action: 'closed', closedAt: new Date(Date.now() + 1000).toISOString() },
    ...options
  })

const ofFork = { fork: 'stranger/octo-repo', branch: 'x,production' }
const built = (options: Parameters<typeof event>[1] = {}): RunnerEvent =>
  event('workflow_run', { conclusion: 'success', runId: 555, ...ofFork, ...options })

/** The examples about pull requests, and about runs and builds of other workflows. */
export const eventStories: readonly Story[] = [
  {
    files: ['preview.yml'],
    title: 'a push replaces the preview, and closing the pull request deactivates it',
    tell: async ({ github, run }) => {
      await run('preview.yml', event('pull_request', { sha: '1'.repeat(40) }))
      await run('preview.yml', event('pull_request', { action: 'synchronize' }))
      await run('preview.yml', closed())
      expect(shown(github)).toEqual([
        'pr-2 1111: in_progress success inactive https://pr-2.example.com',
        'pr-2 feed: in_progress success inactive https://pr-2.example.com'
      ])
    }
  },
  {
    files: ['shared-preview.yml'],
    title: 'a pull request replaces and deactivates its own preview and no other',
    tell: async ({ github, run }) => {
      const push = (number: number, sha: string) =>
        run('shared-preview.yml', event('pull_request', { number, sha: sha.repeat(40) }))
      await push(2, '1')
      await push(3, '2')
      await push(2, '3')
      const active = () => shown(github).filter(line => !line.includes('inactive'))
      expect(active()).toEqual([
        'preview (preview-3) 2222: in_progress success https://preview.example.com/3',
        'preview (preview-2) 3333: in_progress success https://preview.example.com/2'
      ])
      await run('shared-preview.yml', closed({ number: 3 }))
      expect(active()).toEqual(['preview (preview-2) 3333: in_progress success https://preview.example.com/2'])
      expect(github.store.deployments().every(each => each.transient)).toBe(true)
    }
  },
  {
    files: ['after-a-build.yml'],
    title: 'what a fork has built is published for its commit, and a name for a branch deactivates nothing else',
    tell: async ({ github, run }) => {
      github.store.seedDeployment({
        environment: 'production',
        state: 'success',
        sha: 'b'.repeat(40)
      })
      const { jobs } = await run('after-a-build.yml', built())
      expect(jobs['publish']?.log).toContain('Downloaded site of run 555')
      for (const other of [{ conclusion: 'failure' }, { payload: { workflow_run: { event: 'push' } } }]) {
        expect((await run('after-a-build.yml', built(other))).conclusion).toBe('skipped')
      }
      const { payload } = closed({ ...ofFork })
      await run('after-a-build.yml', { name: 'pull_request_target', payload })
      expect(shown(github)).toEqual([
        'production bbbb: success',
        `preview (preview-stranger/x,production) feed: in_progress success inactive https://preview.example.com/${'feed'.repeat(10)}`
      ])
    }
  },
  {
    files: ['cleanup.yml'],
    title: 'what a dead runner left is closed after its run and by the hour, and what goes on is left alone',
    github: {
      tokens: {
        ghs_local: { kind: 'github-token', permissions: { actions: 'read', deployments: 'write' } }
      }
    },
    tell: async ({ github, run }) => {
      for (const id of [555, 556, 557]) {
        const origin = { v: 1, run_id: id, run_attempt: 1, auto_finish: true, key: `k${id}` }
        github.store.seedDeployment({
          ...{ environment: `qa-${id}`, sha: 'a'.repeat(40), state: 'in_progress' },
          payload: { 'deploy-status-action': origin }
        })
      }
      github.store.setRun(556, 1, { status: 'completed', conclusion: 'cancelled' })
      github.store.setRun(557, 1, { status: 'in_progress', conclusion: null })
      await run('cleanup.yml', event('workflow_run', { runId: 555, conclusion: 'failure' }))
      await run('cleanup.yml', event('schedule'))
      expect(shown(github)).toEqual([
        'qa-555 aaaa: in_progress failure',
        'qa-556 aaaa: in_progress failure',
        'qa-557 aaaa: in_progress'
      ])
    }
  }
]
