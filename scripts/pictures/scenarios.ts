import { beginJob } from '../../__tests__/support/in-process.ts'
import { virtualTime } from '../../__tests__/support/virtual-clock.ts'
import { event } from '../../simulator/events/index.ts'
import { startLocalGitHub } from '../../simulator/github/index.ts'
import type { RunnerEvent } from '../../simulator/runner/index.ts'

const BEFORE_SHA = '3f1c9a7e5d2b8046c1aa90e7f4d36b58127ce0fd'
const SHA = '9d4e2f6b81a7c05e3d9f1b6a4c827e50d3f8b916'

interface Deploy {
  readonly environment: string
  readonly jobStatus: string
  /** How long the job deploys, in seconds. */
  readonly seconds: number
  readonly event: RunnerEvent
  readonly inputs?: Readonly<Record<string, string>>
}

/** A push to a branch, by somebody. */
export const pushed = (message: string, username = 'monalisa', branch = 'main'): RunnerEvent =>
  event('push', { sha: SHA, branch, payload: { head_commit: { message, author: { username } } } })

/**
 * The summary that one step leaves when it wraps a deploy, as the committed action writes it: against a local
 * GitHub that says it is github.com, in a time of its own, so that it is the same on each day.
 */
export async function deploySummary(deploy: Deploy): Promise<string> {
  const time = virtualTime(1, Date.parse('2026-03-02T09:30:00Z'))
  const github = await startLocalGitHub({ now: time.now })
  const job = beginJob(github, {
    event: deploy.event,
    clock: time.clock,
    runId: 21_600_417_351,
    checkRunId: 62_310_559_207,
    env: { GITHUB_SERVER_URL: 'https://github.com', GITHUB_SHA: SHA }
  })
  const inputs = {
    environment: deploy.environment,
    'environment-url': 'https://app.example.com',
    ...deploy.inputs
  }
  try {
    github.store.seedDeployment({
      environment: deploy.environment,
      sha: BEFORE_SHA,
      state: 'success'
    })
    // As long as GitHub takes for an answer.
    github.intercept(async (_request, _proceed, closed) => {
      await time.hold(300, closed)
      return undefined
    })
    const main = await time.drive(job.main(inputs))
    await time.drive(time.sleep(deploy.seconds * 1000))
    const post = await time.drive(job.post(main, deploy.jobStatus, inputs))
    return post.summary
  } finally {
    job.end()
    await github.close()
  }
}
