import { HEAD_SHA } from '../../../simulator/events/index.ts'
import type { LocalGitHub } from '../../../simulator/github/index.ts'
import type { MessageCase } from '../../support/catalogue.ts'
import { seed } from '../../support/seeds.ts'

const openInRun = (environment: string) => ({
  environment,
  sha: HEAD_SHA,
  state: 'in_progress' as const,
  payload: { 'deploy-status-action': { v: 1, run_id: 100, job: 'build', auto_finish: false } }
})
const two = (github: LocalGitHub) => void seed(github, openInRun('qa'), openInRun('qa-eu'))
const one = (github: LocalGitHub) => void seed(github, { environment: 'qa', state: 'in_progress' })
// The first id of a new local GitHub.
const FIRST = '2000000007'

/** Messages about inputs that become known after a read of GitHub, or at the end of the job. */
export const FOUND: Readonly<Record<string, MessageCase>> = {
  'finish: no result is given': {
    key: 'state: this job started no deployment',
    arrange: two,
    inputs: { mode: 'finish', environment: '' }
  },
  'finish: several deployments match': {
    key: 'environment: this run has several deployments',
    arrange: two,
    inputs: { mode: 'finish', environment: '', state: 'success' }
  },
  'finish: no deployment matches': {
    key: "environment: none of this run's deployments matches",
    arrange: two,
    inputs: { mode: 'finish', environment: 'prod*', state: 'success' }
  },
  'finish: one URL for several deployments': {
    key: 'environment-url: one URL cannot apply to',
    arrange: two,
    inputs: {
      ...{ mode: 'finish', environment: '*', state: 'success' },
      'environment-url': 'https://qa.example.com'
    }
  },
  'finish: the deployment is of another environment': {
    key: 'deployment-id: deployment … has the environment',
    arrange: one,
    inputs: { mode: 'finish', environment: 'prod', state: 'success', 'deployment-id': FIRST }
  },
  'deactivate: the deployment is of another environment': {
    key: 'deployment-id: deployment … has the environment',
    arrange: one,
    inputs: { mode: 'deactivate', environment: 'prod', 'deployment-id': FIRST }
  },
  'a description that is too long': {
    key: 'description: truncated to 140 characters',
    inputs: { description: 'x'.repeat(141) }
  },
  'a second start with a state': {
    key: 'Did you mean',
    before: job => job.main({ environment: 'qa' }),
    inputs: { state: 'success' }
  },
  "this action's key in a payload": {
    key: 'payload: the key …',
    inputs: { payload: '{"deploy-status-action": 1}' }
  },
  'a working directory that does not exist': {
    key: 'working-directory: … is not a folder',
    inputs: { run: 'true', 'working-directory': '/no/such/folder' }
  },
  'a late environment URL that is invalid': {
    key: 'It is left out',
    post: { inputs: { 'environment-url': 'qa.example.com' } }
  },
  'a late result that is unknown': {
    key: 'the deployment becomes',
    post: { inputs: { state: 'fine' } }
  },
  'no result': {
    key: 'the deployment becomes',
    post: { jobStatus: '', inputs: { 'job-status': '' } }
  }
}
