import { expect } from '@jest/globals'
import { event, HEAD_SHA } from '../../../local/events/index.ts'
import type { LocalGitHub } from '../../../local/github/index.ts'
import { lastStatus, runAll, runSteps, sh, use } from '../../support/steps.ts'
import { states, writes } from '../../support/story.ts'

/** A server and what surrounds it. */
export interface Enterprise {
  readonly github: LocalGitHub
  readonly env: Record<string, string>
  readonly serverUrl: string
  /** How many deployments a test can wait for to be retired and deleted: by REST each write takes a second. */
  readonly writable: number
}

type Story = (enterprise: Enterprise) => Promise<void>

/** An older Enterprise Server's runner knows no check run. */
const options = ({ env }: Enterprise) => ({ env, checkRunId: () => undefined })

/** What is asked of every server: each mode, and each way that a deployment ends. */
export const STORIES: Record<string, Story> = {
  'one step, a late URL, and the page of the attempt as its log': async enterprise => {
    const { github, serverUrl } = enterprise
    const job = await runSteps(
      github,
      [
        use({ environment: 'qa', 'environment-url': '${{ steps.deploy.outputs.url }}' }),
        sh('echo "url=https://qa.example.com" >> "$GITHUB_OUTPUT"', { id: 'deploy' })
      ],
      { ...options(enterprise), runId: 77 }
    )
    expect(job.conclusion).toBe('success')
    expect(states(github)).toEqual(['in_progress', 'success'])
    expect(lastStatus(github)).toMatchObject({
      environmentUrl: 'https://qa.example.com',
      logUrl: `${serverUrl}/octo-org/octo-repo/actions/runs/77/attempts/1`
    })
  },
  'a failing deploy': async enterprise => {
    const steps = [use({ environment: 'qa' }), sh('exit 1')]
    await runSteps(enterprise.github, steps, options(enterprise))
    expect(states(enterprise.github)).toEqual(['in_progress', 'failure'])
  },
  'a wrapped command': async enterprise => {
    const steps = [use({ environment: 'qa', run: 'exit 4' })]
    await runSteps(enterprise.github, steps, options(enterprise))
    expect(states(enterprise.github)).toEqual(['in_progress', 'failure'])
  },
  'a finish in another job, which has to find the deployment': async enterprise => {
    const finish = use({ mode: 'finish', state: '${{ needs.deploy.result }}' })
    const { conclusion } = await runAll(
      enterprise.github,
      {
        deploy: { steps: [use({ environment: 'qa', 'auto-finish': 'false' })] },
        report: { needs: 'deploy', if: 'always()', steps: [finish] }
      },
      options(enterprise)
    )
    expect(conclusion).toBe('success')
    expect(states(enterprise.github)).toEqual(['in_progress', 'success'])
  },
  'earlier deployments of the same task are retired': async enterprise => {
    const { github } = enterprise
    const earlier = github.store.seedDeployment({
      environment: 'qa',
      task: 'web',
      state: 'success'
    })
    const steps = [use({ environment: 'qa', task: 'web' })]
    await runSteps(github, steps, options(enterprise))
    expect(github.store.stateOf(earlier.id)).toBe('inactive')
    expect(states(github)).toEqual(['in_progress', 'success'])
  },
  'a deployment that something else made': async enterprise => {
    const { github } = enterprise
    const made = github.store.seedDeployment({ environment: 'qa', ref: 'main', sha: HEAD_SHA })
    const { id, environment, ref, sha, task } = made
    const cause = event('deployment', { deployment: { id, environment, ref, sha, task } })
    await runSteps(github, [use({})], { ...options(enterprise), event: cause })
    expect(writes(github).map(write => write.split(' ').at(-1))).toEqual(['in_progress', 'success'])
  },
  'a preview that is retired with its pull request': async enterprise => {
    const { github } = enterprise
    const opened = event('pull_request', { action: 'opened', number: 7, sha: HEAD_SHA })
    await runSteps(github, [use({})], { ...options(enterprise), event: opened })
    expect(states(github)).toEqual(['in_progress', 'success'])
    const closedAt = new Date(Date.now() + 60_000).toISOString()
    const closed = event('pull_request', { action: 'closed', number: 7, sha: HEAD_SHA, closedAt })
    const retire = [use({ mode: 'deactivate' })]
    const job = await runSteps(github, retire, { ...options(enterprise), event: closed })
    expect(job.conclusion).toBe('success')
    expect(states(github)).toEqual(['in_progress', 'success', 'inactive'])
  },
  'a hundred and more deployments, retired and deleted by a glob': async enterprise => {
    const { github, writable } = enterprise
    const seed = (environment: string, state: 'success' | 'inactive') =>
      github.store.seedDeployment({ environment, transient: true, state, autoInactive: false })
    for (let index = 0; index < writable; index++) seed(`preview/${index % 2}`, 'success')
    const over = Array.from({ length: 130 - writable }, () => seed('preview/over', 'inactive'))
    const remove = { mode: 'deactivate', environment: 'preview/?', delete: 'deployments' }
    const job = await runSteps(github, [use(remove)], options(enterprise))
    expect(job.conclusion).toBe('success')
    const left = () => github.store.deployments().map(({ id }) => id)
    expect(new Set(left())).toEqual(new Set(over.map(({ id }) => id)))
    // The others are read, over the edge of a page, and found to be over.
    const retire = use({ mode: 'deactivate', environment: 'preview/*' })
    const again = await runSteps(github, [retire], options(enterprise))
    expect(again.conclusion).toBe('success')
    expect(left()).toHaveLength(over.length)
    expect(over.flatMap(({ id }) => github.store.statuses(id))).toHaveLength(over.length)
  }
}
