import { beginJob } from '../../__tests__/support/job.ts'
import { type VirtualTime, virtualTime } from '../../__tests__/support/virtual-clock.ts'
import { type PullRequest, pullRequestOf } from '../../demo/pages/index.ts'
import { event } from '../../simulator/events/index.ts'
import { type LocalGitHub, type RepositoryStore, startLocalGitHub } from '../../simulator/github/index.ts'
import type { RunnerEvent } from '../../simulator/runner/index.ts'

const BEFORE_SHA = '3f1c9a7e5d2b8046c1aa90e7f4d36b58127ce0fd'
const SHA = '9d4e2f6b81a7c05e3d9f1b6a4c827e50d3f8b916'
const NEXT_SHA = 'c07ab519e4d2f6830b9c5a71d8e3f4260a9b7c1e'
const HEAD_SHA = '58e0d3c9a1b7f2640e8d5c3b9a7f1e2d4c6b8a05'
const MINUTE_MS = 60_000

interface Deploy {
  /** Empty for the one that the event means. */
  readonly environment: string
  readonly jobStatus: string
  /** The duration of the job, in seconds. */
  readonly seconds: number
  readonly event: RunnerEvent
  readonly inputs?: Readonly<Record<string, string>>
  readonly sha?: string
}

/** A push to a branch. */
export const pushed = (message: string, username = 'monalisa', branch = 'main', sha = SHA): RunnerEvent =>
  event('push', { sha, branch, payload: { head_commit: { message, author: { username } } } })

/** Runs the committed bundle against a simulated GitHub in virtual time, so that each run gives the same. */
async function simulate<T>(work: (github: LocalGitHub, time: VirtualTime) => Promise<T>): Promise<T> {
  const time = virtualTime(1, Date.parse('2026-03-02T09:30:00Z'))
  const github = await startLocalGitHub({ now: time.now, commits: [SHA, NEXT_SHA, HEAD_SHA] })
  // The time that GitHub takes for a response.
  github.intercept(async (_request, _proceed, closed) => {
    await time.hold(300, closed)
    return undefined
  })
  try {
    return await work(github, time)
  } finally {
    await github.close()
  }
}

/** Runs a deploy job that starts with the action. Returns its job summary. */
async function runDeploy(github: LocalGitHub, time: VirtualTime, deploy: Deploy): Promise<string> {
  const job = beginJob(github, {
    event: deploy.event,
    clock: time.clock,
    runId: 21_600_417_351,
    checkRunId: 62_310_559_207,
    env: { GITHUB_SERVER_URL: 'https://github.com', GITHUB_SHA: deploy.sha ?? SHA }
  })
  const inputs = {
    environment: deploy.environment,
    'environment-url': 'https://app.example.com',
    ...deploy.inputs
  }
  try {
    const main = await time.drive(job.main(inputs))
    await time.drive(time.sleep(deploy.seconds * 1000))
    const post = await time.drive(job.post(main, deploy.jobStatus, inputs))
    return post.summary
  } finally {
    job.end()
  }
}

/** The job summary of a deploy job that starts with the action, on GitHub.com. */
export const deploySummary = (deploy: Deploy): Promise<string> =>
  simulate((github, time) => {
    github.store.seedDeployment({ environment: deploy.environment, sha: BEFORE_SHA, state: 'success' })
    return runDeploy(github, time, deploy)
  })

/** A repository some minutes after three deploys: one to production, one that was canceled, and a preview. */
export const repositoryAfterDeploys = (): Promise<{ store: RepositoryStore; pull: PullRequest; now: number }> =>
  simulate(async (github, time) => {
    const opened = event('pull_request', {
      ...{ action: 'opened', number: 12, sha: HEAD_SHA, branch: 'taxes' },
      payload: { pull_request: { title: 'Show prices with taxes', user: { login: 'monalisa' } } }
    })
    const production = { environment: 'production', jobStatus: 'success', seconds: 134 }
    const deploys: Deploy[] = [
      { ...production, event: pushed('Round totals the way invoices do') },
      {
        ...production,
        event: pushed('Send receipts', 'monalisa', 'main', NEXT_SHA),
        sha: NEXT_SHA,
        jobStatus: 'cancelled',
        seconds: 20,
        inputs: { 'environment-url': '' }
      },
      { ...production, environment: '', event: opened, inputs: { 'environment-url': 'https://pr-12.example.com' } }
    ]
    for (const deploy of deploys) {
      await runDeploy(github, time, deploy)
      await time.drive(time.sleep(7 * MINUTE_MS))
    }
    const pull = pullRequestOf(opened)
    if (pull === undefined) throw new Error('The event has no pull request.')
    return { store: github.store, pull, now: time.now() }
  })
