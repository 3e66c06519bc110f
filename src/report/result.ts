import { isFinal } from '../deployment/deployment.ts'
import type { FinalizeResult } from '../finalize/final-status.ts'
import { countOf } from '../lib/text.ts'
import type { RunContext } from '../runner/context.ts'

interface Result {
  readonly state: string
  /** Starts with the reason of a state that is not `success`. */
  readonly description: string
  readonly previousSha: string
}

const SENTENCES: Readonly<Record<string, (name: string) => string>> = {
  success: name => `Deployed to ${name}`,
  failure: name => `Deployment to ${name} failed`,
  error: name => `Deployment to ${name} ended with an error`,
  inactive: name => `Deployment to ${name} is inactive`,
  in_progress: name => `Deploying to ${name}`,
  queued: name => `Deployment to ${name} is queued`,
  pending: name => `Deployment to ${name} is pending`
}

/** The result of a deployment, as one sentence without a period. `name` is the environment, escaped for its place. */
export function resultSentence({ state, description, previousSha }: Result, name: string): string {
  const [, reason = ''] = /^(Canceled|Interrupted|Skipped|Superseded)\b/.exec(description) ?? []
  if (state === 'success' || !isFinal(state) || reason === '')
    return SENTENCES[state]?.(name) ?? `Deployment to ${name}: ${state}`
  const isKnown = reason === 'Canceled' && /^[0-9a-f]{40}/.test(previousSha)
  if (isKnown) return `Deployment canceled; ${name} still runs ${previousSha.slice(0, 7)}`
  return `Deployment to ${name} ${reason.toLowerCase()}`
}

/** GitHub's page of an environment's deployments. */
export const environmentPage = (run: RunContext, repository: string, environment: string): string =>
  `${run.serverUrl}/${repository}/deployments/activity_log?environments_filter=${encodeURIComponent(environment)}`

/** For the log: the deployment and its state, then the result and its link. */
export function resultLines(run: RunContext, result: FinalizeResult, of = run.repository): string {
  const { target, state, environmentUrl, deactivated, description } = result
  const { previousSha = '', repository = of } = target.record ?? {}
  const why = state === 'success' || description === '' ? '' : ` (${description})`
  const others = deactivated === 0 ? '' : `; ${countOf(deactivated, 'earlier deployment')} made inactive`
  const link = environmentUrl || environmentPage(run, repository, target.environment)
  const sentence = resultSentence({ state, description, previousSha }, target.environment)
  return `Deployment ${target.id}: ${state}${why}${others}\n${sentence}: ${link}`
}

/** The result of `deactivate`, as one sentence without a period. */
export function deactivationSentence(deactivated: number, deleted: number, failed: number): string {
  const errors = failed > 0 ? `, with ${countOf(failed, 'error')}` : ''
  if (deactivated + deleted === 0) return failed > 0 ? 'Deactivation failed' : 'No deployment was deactivated'
  if (deactivated === 0) return `Deleted ${countOf(deleted, 'deployment')}${errors}`
  return `Deactivated ${countOf(deactivated, 'deployment')}${deleted > 0 ? ` and deleted ${deleted}` : ''}${errors}`
}
