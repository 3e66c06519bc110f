import { json, notFound } from '../http/answers.ts'
import { nodeId } from '../ids.ts'
import type { RunAttempt, RunJob } from '../model.ts'
import { fullName } from '../store/state.ts'
import type { Answer } from '../types.ts'
import type { Call } from './call.ts'
import { repositoryUrl } from './links.ts'
import { paginate } from './pages.ts'
import { minimalRepository } from './repositories.ts'
import { timestamp, userShape } from './shapes.ts'

/** GET /actions/runs/{run_id}: the newest attempt. */
export function getRun(call: Call): Answer {
  const run = attemptsOf(call).at(-1)
  return run ? json(200, runShape(call, run)) : notFound(call.docs)
}

/** GET /actions/runs/{run_id}/attempts/{attempt_number} */
export const getAttempt = (call: Call): Answer => withAttempt(call, run => json(200, runShape(call, run)))

/** GET /actions/runs/{run_id}/attempts/{attempt_number}/jobs */
export const listJobs = (call: Call): Answer =>
  withAttempt(call, run => {
    const path = `actions/runs/${run.id}/attempts/${run.attempt}/jobs`
    const { items, headers } = paginate(call, path, run.jobs)
    const jobs = items.map(job => jobShape(call, run, job))
    return json(200, { total_count: run.jobs.length, jobs }, headers)
  })

const attemptsOf = (call: Call): readonly RunAttempt[] => call.repository.runs.get(Number(call.params['run_id'])) ?? []

function withAttempt(call: Call, answer: (run: RunAttempt) => Answer): Answer {
  const number = Number(call.params['attempt_number'])
  const run = attemptsOf(call).find(each => each.attempt === number)
  return run ? answer(run) : notFound(call.docs)
}

function runShape(call: Call, run: RunAttempt): Record<string, unknown> {
  const { repository, links } = call
  const api = repositoryUrl(links, repository)
  const url = `${api}/actions/runs/${run.id}`
  const page = `${links.server}/${fullName(repository)}/actions/runs/${run.id}`
  const at = timestamp(repository.clock.now())
  const author = { name: 'github-actions', email: 'actions@localhost' }
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('WFR', repository.id, run.id),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: '.github/workflows/deploy.yml',
    display_title: run.name,
    run_number: 1,
    run_attempt: run.attempt,
    event: 'push',
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: 1,
    url,
    html_url: run.attempt === 1 ? page : `${page}/attempts/${run.attempt}`,
    pull_requests: [],
    created_at: at,
    updated_at: at,
    run_started_at: at,
    actor: userShape(call.actor, links),
    triggering_actor: userShape(call.actor, links),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/1`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${api}/actions/workflows/1`,
    head_commit: {
      id: run.headSha,
      tree_id: run.headSha,
      message: run.name,
      timestamp: at,
      author,
      committer: author
    },
    repository: minimalRepository(repository, links),
    head_repository: minimalRepository(repository, links)
  }
}

function jobShape(call: Call, run: RunAttempt, job: RunJob): Record<string, unknown> {
  const { repository, links } = call
  const api = repositoryUrl(links, repository)
  const at = timestamp(repository.clock.now())
  const runnerName = job.runnerName ?? null
  return {
    id: job.id,
    run_id: run.id,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: run.attempt,
    node_id: nodeId('CR', repository.id, job.id),
    head_sha: run.headSha,
    head_branch: run.headBranch,
    workflow_name: run.name,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${links.server}/${fullName(repository)}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: at,
    started_at: at,
    completed_at: job.conclusion === null ? null : at,
    name: job.name,
    steps: [],
    check_run_url: `${api}/check-runs/${job.id}`,
    labels: ['ubuntu-latest'],
    runner_id: runnerName === null ? null : 1,
    runner_name: runnerName,
    runner_group_id: runnerName === null ? null : 1,
    runner_group_name: runnerName === null ? null : 'GitHub Actions'
  }
}
