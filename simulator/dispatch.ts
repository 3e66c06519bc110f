import { event } from './events/index.ts'
import type { GitHubEvent, LocalGitHub } from './github/index.ts'
import { listensTo, type RunnerEvent, type RunOptions, runWorkflow, type WorkflowResult } from './runner/index.ts'

export interface DispatchedRun {
  readonly workflow: string
  readonly event: string
  readonly result: WorkflowResult
}

export interface Dispatcher {
  /** The completed runs, in the order in which they started. */
  readonly runs: readonly DispatchedRun[]
  /** Starts a workflow. Resolves when it and all runs that follow from it have ended. */
  start(workflow: string, event: RunnerEvent): Promise<void>
}

type Listening = Omit<RunOptions, 'workflow' | 'event'> & { workflows: readonly string[] }

// Ends a workflow that triggers itself. No scenario has as many runs.
const MAX_RUNS = 20

/**
 * Starts the workflows that the events of the simulated GitHub trigger, one run after another. As on GitHub,
 * events created with `GITHUB_TOKEN` don't trigger workflows.
 */
export function dispatch(github: LocalGitHub, { workflows, ...options }: Listening): Dispatcher {
  const runs: DispatchedRun[] = []
  const waiting: { workflow: string; event: RunnerEvent }[] = []
  const queue = (emitted: GitHubEvent): void => {
    if (!emitted.startsWorkflows) return
    const cause = delivered(emitted)
    const listening = workflows.filter(workflow => listensTo(workflow, cause))
    waiting.push(...listening.map(workflow => ({ workflow, event: cause })))
  }
  github.on('deployment', queue)
  github.on('deployment_status', queue)
  return {
    runs,
    start: async (workflow, cause) => {
      waiting.push({ workflow, event: cause })
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (runs.length >= MAX_RUNS) throw new Error(`More than ${MAX_RUNS} runs: a loop`)
        const result = await runWorkflow({
          ...options,
          ...next,
          env: { ...github.env(), ...options.env }
        })
        runs.push({ workflow: next.workflow, event: next.event.name, result })
      }
    }
  }
}

/** The event as a workflow receives it: GitHub's example payload with the actual values. */
const delivered = (emitted: GitHubEvent): RunnerEvent =>
  event(emitted.name, {
    repository: emitted.repository.full_name,
    sender: emitted.sender.login,
    payload: {
      deployment: Object(emitted.deployment),
      ...(emitted.deployment_status !== undefined && {
        deployment_status: Object(emitted.deployment_status)
      })
    }
  })
