import { event, HEAD_SHA } from '../../../simulator/events/index.ts'
import { isCreate, type MessageCase, onStatus } from '../../support/catalogue.ts'
import { seed } from '../../support/seeds.ts'
import { deactivated, twice } from './replies.ts'

const FORBIDDEN = {
  status: 403,
  headers: { 'x-accepted-github-permissions': 'deployments=write' },
  body: { message: 'Resource not accessible by integration' }
}
const NO = { status: 422, body: { message: 'Validation Failed' } }
const BROKEN = { status: 502, body: 'Bad Gateway' }
const openInRun = (environment: string, more: object = {}) => ({
  environment,
  sha: HEAD_SHA,
  state: 'in_progress' as const,
  payload: { 'deploy-status-action': { v: 1, run_id: 100, job: 'build', auto_finish: false } },
  ...more
})
// The ids of a new local GitHub.
const [FIRST, SECOND] = [2_000_000_007, 2_000_000_014]

const ARTIFACT = { artifacts: `ghcr.io/octo-org/app@sha256:${'1'.repeat(64)}` }
const CAN_RECORD = {
  tokens: {
    ghs_local: { permissions: { deployments: 'write', 'artifact-metadata': 'write' } }
  }
} as const

/** Messages about statuses and `finish`. */
export const LATER: Readonly<Record<string, MessageCase>> = {
  'an artifact without the permission': {
    key: 'Could not record the artifact',
    inputs: ARTIFACT,
    post: {}
  },
  'an artifact in a repository of a user': {
    key: 'Could not record the artifact',
    github: { ...CAN_RECORD, ownerType: 'User' },
    inputs: ARTIFACT,
    post: {}
  },
  'an artifact whose digest is not known': {
    key: 'has no digest, so it was not recorded',
    inputs: { artifacts: 'ghcr.io/octo-org/app@' },
    post: {}
  },
  'an artifact whose late digest is invalid': {
    key: 'No artifact was recorded',
    post: { inputs: { artifacts: 'ghcr.io/octo-org/app@latest' } }
  },
  'artifacts of a runner without the list': {
    key: 'so none was recorded',
    inputs: { artifacts: 'auto' },
    post: {}
  },
  'an artifact of an environment with a long name': {
    key: 'so none was recorded',
    inputs: { ...ARTIFACT, environment: 'e'.repeat(129) },
    post: {}
  },
  'an artifact of a deployment that another job finishes': {
    key: 'because this job does not finish the deployment',
    inputs: { ...ARTIFACT, 'auto-finish': 'false' },
    post: {}
  },

  'the first status is rejected': { key: 'Could not set deployment …', answer: onStatus(FORBIDDEN) },
  'a link that GitHub rejects': {
    key: 'which GitHub rejects',
    inputs: { 'environment-url': 'https://qa.example.com' },
    answer: request =>
      Object(request.body).environment_url === undefined
        ? undefined
        : {
            status: 422,
            body: { message: 'Validation Failed', errors: [{ field: 'environment_url', code: 'invalid' }] }
          }
  },
  'the first status is lost': { key: 'Could not set deployment …', answer: onStatus(BROKEN) },
  'the first status is rejected, and a later finish follows': {
    key: '; finish it with',
    inputs: { 'fail-on-error': 'false', 'auto-finish': 'false' },
    answer: onStatus(NO)
  },
  'GitHub records another commit': {
    key: 'GitHub recorded commit …',
    async answer(request) {
      if (!isCreate(request)) return undefined
      const body = { id: FIRST, sha: 'f'.repeat(40), environment: 'qa', task: 'deploy' }
      return { status: 201, body, after: true }
    }
  },
  'the deployment to reuse does not exist': {
    key: 'GitHub answered 404 "Not Found"',
    inputs: { 'deployment-id': '7' }
  },
  'the job has an environment key too': {
    key: 'created a second deployment',
    arrange: github =>
      void seed(github, {
        environment: 'qa',
        creator: 'github-actions[bot]',
        state: 'in_progress',
        logUrl: `${github.origin}/octo-org/octo-repo/actions/runs/100/job/4242`
      })
  },
  'post: the second deployment cannot be deactivated': {
    key: 'is a duplicate of',
    post: { fromMain: true },
    answer: twice(NO)
  },
  'post: the final state is rejected': {
    key: 'The final state of the deployment was not reported',
    answer: onStatus(NO),
    post: {}
  },
  'post: the final state is lost': {
    key: 'The final state of the deployment was not reported',
    answer: onStatus(BROKEN),
    post: {}
  },
  'post: it is not known whether there is a deployment': {
    key: 'It is not known whether main created a deployment',
    answer: request =>
      isCreate(request) || request.path.startsWith('/repos/') || request.path === '/graphql' ? BROKEN : undefined,
    post: { jobStatus: 'failure', fromMain: true }
  },
  'post: a second deployment is found': {
    key: 'GitHub created two deployments',
    post: { fromMain: true },
    answer: twice()
  },
  'finish: its status is rejected, and post tries again': {
    key: 'the post step of its',
    before: (job, time) => time.drive(job.main({ environment: 'qa' })),
    inputs: { mode: 'finish', environment: '' },
    answer: onStatus(NO)
  },
  'finish: the status of another deployment is rejected': {
    key: '; finish it with',
    arrange: github => void seed(github, { environment: 'qa', state: 'in_progress' }),
    inputs: { mode: 'finish', 'deployment-id': String(FIRST), state: 'success' },
    answer: onStatus(NO)
  },
  'finish: one of two is rejected': {
    key: 'deployments could not be finished',
    arrange: github => void seed(github, openInRun('qa'), openInRun('qa-eu')),
    inputs: { mode: 'finish', environment: 'qa*', state: 'success' },
    answer: request => (request.path.includes(String(SECOND)) ? NO : undefined)
  },
  'finish: nothing is found': {
    key: 'Found no deployment to finish',
    inputs: { mode: 'finish', environment: '', state: 'success' }
  },
  'finish: nothing is found, with fail-on-error: false': {
    key: 'Found no deployment to finish',
    inputs: { mode: 'finish', environment: '', state: 'success', 'fail-on-error': 'false' }
  },
  'finish: listing is rejected': {
    key: 'Could not list the deployments',
    inputs: { mode: 'finish', environment: '', state: 'success' },
    answer: request => (/graphql|deployments/.test(request.path) ? FORBIDDEN : undefined)
  },
  'finish: a newer one has succeeded': {
    key: 'ended after the newer deployment',
    arrange: github => void seed(github, { environment: 'qa', state: 'in_progress' }, { environment: 'qa' }),
    inputs: {
      ...{ mode: 'finish', 'deployment-id': String(FIRST) },
      ...{ state: 'success', 'auto-inactive': 'all' }
    }
  },
  'finish: an earlier one cannot be deactivated': {
    key: 'may still be shown as active',
    arrange: github =>
      void seed(
        github,
        // GitHub's own rule does not apply to it.
        { environment: 'qa', transient: true },
        { environment: 'qa', state: 'in_progress' }
      ),
    inputs: {
      ...{ mode: 'finish', 'deployment-id': String(SECOND) },
      ...{ state: 'success', 'auto-inactive': 'all' }
    },
    answer: onStatus(NO, 'inactive')
  },
  'the pull request was closed while the job ran': {
    key: 'was made inactive while the job ran',
    event: event('pull_request', { number: 5 }),
    inputs: { environment: '' },
    answer: deactivated(),
    post: {}
  }
}
