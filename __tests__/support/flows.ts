import { event, HEAD_SHA } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { cleanedUp, deactivated, ended, endedElsewhere, endedHere, type Flow, type Inputs, started } from './flow.ts'

const QA: Inputs = { environment: 'qa' }

const lastId = (github: LocalGitHub): string => String(github.store.deployments().at(-1)?.id)

const ADMIN = {
  ghs_admin: {
    kind: 'app',
    permissions: { deployments: 'write', administration: 'write', actions: 'read' }
  }
} as const
// With the token of an App, the post step has the token of the workflow as a fallback.
const APP = {
  ...ADMIN,
  ghs_local: { kind: 'github-token', permissions: { deployments: 'write' } }
} as const
const BY_APP: Inputs = { ...QA, token: 'ghs_admin' }

const ACTIONS = {
  ghs_local: { kind: 'github-token', permissions: { deployments: 'write', actions: 'read' } }
} as const

const TASK: Inputs = { ...QA, task: 'web' }
const EARLIER = [
  { environment: 'qa', task: 'web' },
  { environment: 'qa', task: 'docs' }
]
const SUPERSEDED = ['qa, web: success inactive', 'qa, docs: success', 'qa, web: in_progress success', 'in qa']
const two = [{ environment: 'qa' }, { environment: 'qa', state: 'in_progress' as const }]

const START_FLOWS: readonly Flow[] = [
  {
    name: 'start',
    stage: 'main',
    isClosed: true,
    run: started(QA),
    wanted: ['qa, deploy: in_progress success', 'in qa']
  },
  {
    name: 'start, queued, with a command',
    stage: 'main',
    isClosed: true,
    run: started({ ...QA, run: 'true', 'initial-state': 'queued' }),
    wanted: ['qa, deploy: queued in_progress success', 'in qa']
  },
  {
    name: 'start with a task',
    stage: 'main',
    isClosed: true,
    run: started(TASK, EARLIER),
    wanted: SUPERSEDED
  },
  {
    name: 'start on a deployment event',
    stage: 'main',
    isClosed: true,
    async run(world) {
      const of = { environment: 'production', task: 'deploy:web', ref: 'main', sha: HEAD_SHA }
      const { id, payload } = world.github.store.seedDeployment({ ...of, creator: 'octocat' })
      const url = `${world.github.origin}/repos/octo-org/octo-repo/deployments/${id}`
      const job = world.job({
        event: event('deployment', { deployment: { ...of, id, url, payload } })
      })
      const main = await world.faulty(() => job.main({}))
      await job.post(main, world.statusAfter(main))
    },
    wanted: ['production, deploy:web: in_progress success', 'in production']
  }
]

const POST_FLOWS: readonly Flow[] = [
  {
    name: 'end of the job',
    stage: 'post',
    options: { tokens: APP },
    run: ended(BY_APP),
    wanted: ['qa, deploy: in_progress success', 'in qa']
  },
  {
    name: 'end of the job, transient',
    stage: 'post',
    options: { tokens: APP },
    run: ended({ ...BY_APP, 'transient-environment': 'true' }),
    wanted: ['qa, deploy: in_progress success', 'in qa']
  },
  {
    name: 'end of the job, with a task',
    stage: 'post',
    supersedes: true,
    options: { tokens: APP },
    run: ended({ ...BY_APP, task: 'web' }, EARLIER),
    wanted: SUPERSEDED
  }
]

const FINISH_FLOWS: readonly Flow[] = [
  {
    name: 'finish in the same job',
    stage: 'main',
    isClosed: true,
    run: endedHere(QA),
    wanted: ['qa, deploy: in_progress success', 'in qa']
  },
  {
    name: 'finish in the same job, with a task',
    stage: 'main',
    isClosed: true,
    supersedes: true,
    run: endedHere(TASK, EARLIER),
    wanted: SUPERSEDED
  },
  {
    name: 'finish in another job',
    stage: 'main',
    run: endedElsewhere(() => ({})),
    wanted: ['qa, deploy: in_progress success', 'in qa']
  },
  {
    name: 'finish by id',
    stage: 'main',
    run: endedElsewhere(github => ({ 'deployment-id': lastId(github) })),
    wanted: ['qa, deploy: in_progress success', 'in qa']
  },
  {
    name: 'finish on a schedule, for a lost runner',
    stage: 'main',
    options: { tokens: ACTIONS },
    run: cleanedUp,
    wanted: ['qa, deploy: in_progress failure', 'in qa']
  }
]

const DEACTIVATE_FLOWS: readonly Flow[] = [
  {
    name: 'deactivate an environment',
    stage: 'main',
    run: deactivated(() => QA, ...two),
    wanted: ['qa, deploy: success inactive', 'qa, deploy: in_progress inactive', 'in qa']
  },
  {
    name: 'deactivate by a glob',
    stage: 'main',
    run: deactivated(() => ({ environment: 'q*' }), ...two, { environment: 'prod' }),
    wanted: ['qa, deploy: success inactive', 'qa, deploy: in_progress inactive', 'prod, deploy: success', 'in qa prod']
  },
  {
    name: 'deactivate by id',
    stage: 'main',
    run: deactivated(([id = 0]) => ({ 'deployment-id': String(id) }), ...two),
    wanted: ['qa, deploy: success inactive', 'qa, deploy: in_progress', 'in qa']
  },
  {
    name: 'delete deployments',
    stage: 'main',
    run: deactivated(() => ({ ...QA, delete: 'deployments' }), ...two),
    wanted: ['in qa']
  },
  {
    name: 'delete an environment',
    stage: 'main',
    options: { tokens: ADMIN },
    run: deactivated(() => ({ ...BY_APP, delete: 'environment' }), ...two, { environment: 'prod' }),
    wanted: ['prod, deploy: success', 'in prod']
  }
]

/** By the test file that runs them. */
export const FLOWS = {
  start: START_FLOWS,
  post: POST_FLOWS,
  finish: FINISH_FLOWS,
  deactivate: DEACTIVATE_FLOWS
} as const
