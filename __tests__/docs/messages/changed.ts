import { event, HEAD_SHA } from '../../../simulator/events/index.ts'
import type { LocalGitHub } from '../../../simulator/github/index.ts'
import type { ActionResult } from '../../../simulator/runner/index.ts'
import { isStatus, type MessageCase, messagesOf } from '../../support/catalogue.ts'
import type { Job } from '../../support/job.ts'
import { inOneJob } from '../../support/one-job.ts'
import { logOf } from '../../support/results.ts'
import { startGitHub } from '../../support/scenario.ts'
import { seed } from '../../support/seeds.ts'
import { runSteps, use } from '../../support/steps.ts'

const QA = { environment: 'qa' }
// The first id of a new local GitHub.
const FIRST = 2_000_000_007
const OTHER = 'octo-org/other'
const WRITE = { permissions: { deployments: 'write' } } as const
const NOT_SAVED = { state: {} }

/** Runs several steps of one job and returns the messages of the last one. */
const inJob =
  (work: (job: Job, github: LocalGitHub) => Promise<ActionResult>): NonNullable<MessageCase['run']> =>
  async () => {
    const github = await startGitHub()
    return messagesOf(await inOneJob(github, {}, job => work(job, github)))
  }

const openInJob = (environment: string) => ({
  environment,
  state: 'in_progress' as const,
  autoInactive: false,
  payload: {
    'deploy-status-action': { v: 1, run_id: 100, run_attempt: 1, check_run_id: 4242, job: 'deploy', auto_finish: true }
  }
})

/** What other steps, other jobs, and other systems do to a deployment while the job runs. */
export const CHANGED: Readonly<Record<string, MessageCase>> = {
  'something else posts a state to a reused deployment': {
    key: 'while this job ran, and keeps that state',
    run: inJob(async (job, github) => {
      const [id = 0] = seed(github, QA)
      const main = await job.main({ 'deployment-id': String(id) })
      github.store.seedStatus(id, { state: 'failure' })
      return job.post(main, 'success')
    })
  },
  'the deployment is deleted': {
    key: 'was deleted while the job ran',
    async run() {
      const github = await startGitHub()
      const post = await inOneJob(github, {}, async job => {
        const main = await job.main(QA)
        github.store.state.deployments.splice(0)
        return job.post(main, 'success')
      })
      return logOf(post).map(line => `Notice: ${line}`)
    }
  },
  'a reused deployment is deleted': {
    key: 'The final state of the deployment was not reported',
    run: inJob(async (job, github) => {
      const [id = 0] = seed(github, QA)
      const main = await job.main({ 'deployment-id': String(id) })
      github.store.state.deployments.splice(0)
      return job.post(main, 'success')
    })
  },
  'a state becomes known after finish': {
    key: 'and is now',
    run: inJob(async job => {
      const main = await job.main(QA)
      await job.main({ mode: 'finish' })
      return job.post(main, 'success', { ...QA, state: 'failure' })
    })
  },
  'the saved state is lost, and several deployments fit': {
    key: 'several unfinished deployments can be of this step',
    run: inJob(async (job, github) => {
      seed(github, openInJob('qa'), openInJob('staging'))
      return job.post(NOT_SAVED, 'success', QA)
    })
  },
  'a start in the background': {
    key: 'step of this job has not finished yet',
    run: inJob(async (job, github) => {
      let release = () => {}
      const gate = new Promise<undefined>(resolve => {
        release = () => resolve(undefined)
      })
      let reach = () => {}
      const reached = new Promise<void>(resolve => {
        reach = resolve
      })
      github.intercept(request => {
        if (!isStatus(request, 'in_progress')) return undefined
        reach()
        return gate
      })
      const starting = job.main(QA)
      await reached
      const finish = await job.main({ mode: 'finish' })
      release()
      await starting
      return finish
    })
  },
  'a state for a command that has ended': {
    key: 'state: ignored, because the exit code',
    async run() {
      const start = use({ ...QA, run: 'exit 0', 'auto-finish': 'false' })
      const job = await runSteps(await startGitHub(), [start, use({ mode: 'finish', state: 'failure' })])
      const messages = job.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)
      // The runner names the repository of this step, so the link is a URL.
      return messages.map(
        text => `Warning: ${text.replace(/See http:\S+#inputs$/, 'See "Inputs" in docs/troubleshooting.md.')}`
      )
    }
  },
  'the start is in another repository': {
    key: 'repository: the … of this job recorded deployment',
    github: { tokens: { ghs_local: WRITE, ghs_other: { ...WRITE, repositories: [OTHER] } } },
    async before(job, time) {
      await time.drive(job.main({ ...QA, repository: OTHER, ref: 'main', token: 'ghs_other' }))
    },
    arrange: github => void github.store.repository(OTHER),
    inputs: { mode: 'finish', environment: '', state: 'success' }
  },
  'the previous deployment cannot be read': {
    key: 'The previous deployment of … could not be read',
    answer: ({ path }) => (path === '/graphql' ? { status: 422, body: { message: 'Validation Failed' } } : undefined)
  },
  'newer deployments cannot be read': {
    key: 'it is not known whether',
    arrange: github => void seed(github, { ...QA, state: 'in_progress' }),
    inputs: { mode: 'finish', 'deployment-id': String(FIRST), state: 'success', 'auto-inactive': 'all' },
    answer: ({ path }) => (path === '/graphql' ? { status: 422, body: { message: 'Validation Failed' } } : undefined)
  },
  'a reused deployment has another task': {
    key: 'is reused, so these inputs are ignored',
    arrange: github => void seed(github, QA),
    inputs: { 'deployment-id': String(FIRST), task: 'migrate' }
  },
  'the pull request is closed': {
    key: 'run: the command was not started',
    event: event('pull_request', { number: 5, action: 'closed' }),
    inputs: { environment: '', run: './deploy.sh' }
  },
  'a name with a bare comma': {
    key: 'environment: no deployment matches',
    arrange: github => void seed(github, QA),
    inputs: { mode: 'deactivate', environment: 'qa,staging' }
  },
  'two of the same environment and task': {
    key: 'environment: this run has several unfinished deployments of the same environment and task',
    arrange(github) {
      const payload = { 'deploy-status-action': { v: 1, run_id: 100, job: 'build', auto_finish: false } }
      const open = { ...QA, sha: HEAD_SHA, state: 'in_progress' as const, payload }
      seed(github, open, open)
    },
    inputs: { mode: 'finish', environment: '', state: 'success' }
  }
}
