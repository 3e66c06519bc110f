import { event } from '../../../simulator/events/index.ts'
import type { LocalGitHub } from '../../../simulator/github/index.ts'
import { type MessageCase, onStatus } from '../../support/catalogue.ts'
import { rejectStatus } from '../../support/reject-status.ts'
import { seed } from '../../support/seeds.ts'

const FORBIDDEN = {
  status: 403,
  headers: { 'x-accepted-github-permissions': 'deployments=write' },
  body: { message: 'Resource not accessible by integration' }
}
const NO = { status: 422, body: { message: 'Validation Failed' } }
const seeded = (github: LocalGitHub) => void seed(github, { environment: 'qa' })
// The ids of a new local GitHub.
const [, SECOND] = [2_000_000_007, 2_000_000_014]

/** Messages about many deployments, of `deactivate` and of a cleanup. */
export const DEACTIVATE: Readonly<Record<string, MessageCase>> = {
  'deactivate: rejected': {
    key: 'Could not set deployment …',
    arrange: seeded,
    inputs: { mode: 'deactivate' },
    answer: onStatus(FORBIDDEN)
  },
  'deactivate: some are rejected': {
    key: 'more failed; this is the first error',
    arrange(github) {
      const ids = seed(github, { environment: 'qa' }, { environment: 'qa' }, { environment: 'qa' })
      for (const id of ids) if (id !== SECOND) rejectStatus(github, id)
    },
    inputs: { mode: 'deactivate' }
  },
  'deactivate: many are rejected at once': {
    key: 'Could not change the state of … deployments',
    arrange: github => void seed(github, { environment: 'qa' }, { environment: 'qa' }),
    inputs: { mode: 'deactivate' },
    answer: request => (request.operation === 'graphql mutation SetStatuses' ? NO : undefined)
  },
  'deactivate: many cannot be deleted at once': {
    key: 'Could not delete … deployments',
    arrange: github => void seed(github, { environment: 'qa' }, { environment: 'qa' }),
    inputs: { mode: 'deactivate', delete: 'deployments' },
    answer: request => (request.operation === 'graphql mutation DeleteDeployments' ? NO : undefined)
  },
  'finish on a schedule: a run cannot be read': {
    key: 'Could not read attempt … of run',
    github: { tokens: { ghs_local: { permissions: { deployments: 'write' } } } },
    event: event('schedule'),
    arrange(github) {
      const origin = { v: 1, run_id: 90, run_attempt: 1, auto_finish: true, key: 'k' }
      const payload = { 'deploy-status-action': origin }
      seed(github, { environment: 'qa', state: 'in_progress', payload })
      github.store.setRun(90, 1, { status: 'completed', conclusion: 'failure' })
    },
    inputs: { mode: 'finish' }
  },
  'finish on a schedule: a run that was deleted': {
    key: 'so the token cannot read runs',
    event: event('schedule'),
    arrange(github) {
      const origin = { v: 1, run_id: 90, run_attempt: 1, auto_finish: true, key: 'k' }
      const payload = { 'deploy-status-action': origin }
      seed(github, { environment: 'qa', state: 'in_progress', payload })
    },
    inputs: { mode: 'finish' }
  },
  'deactivate: a deployment cannot be deleted': {
    key: 'Could not delete deployment …',
    arrange: seeded,
    inputs: { mode: 'deactivate', delete: 'deployments' },
    answer: request => (request.method === 'DELETE' ? NO : undefined)
  },
  'deactivate: the environment cannot be deleted': {
    key: 'Could not delete the environment',
    arrange: seeded,
    inputs: { mode: 'deactivate', delete: 'environment' }
  },
  'deactivate: the environment has other deployments': {
    key: 'The environment … was not deleted: it still has',
    arrange: github => void seed(github, { environment: 'qa' }, { environment: 'qa', task: 'x' }),
    inputs: { mode: 'deactivate', delete: 'environment', task: 'deploy' }
  },
  'deactivate: listing the environments is rejected': {
    key: 'Could not list the environments',
    github: { tokens: { ghs_local: { permissions: { deployments: 'write' } } } },
    inputs: { mode: 'deactivate', environment: 'qa-*' }
  }
}
