import { payloadText } from '../deployment/origin.ts'
import type { FinalizeResult } from '../finalize/final-status.ts'
import type { Target } from '../finalize/target.ts'
import type { FinishInputs } from '../inputs/types.ts'
import { compareUrl, deploymentsOutput, idText, type Outputs } from '../report/outputs.ts'
import type { RunContext } from '../runner/context.ts'

/** The outputs of a `finish`; single values are those of the newest deployment, which is the first. */
export function finishOutputs(
  run: RunContext,
  inputs: FinishInputs,
  done: readonly FinalizeResult[],
  replaced: readonly FinalizeResult[]
): Outputs {
  const [newest] = done
  if (!newest) return {}
  const touched = [...done, ...replaced]
  const { target } = newest
  const previousSha = target.record?.previousSha ?? ''
  return {
    ...valuesOf(target),
    'status-id': idText(newest.statusId),
    state: newest.state,
    'environment-url': newest.environmentUrl,
    'log-url': newest.logUrl,
    environment: environmentsOf(done.map(result => result.target)),
    ...(touched.length > 1 && {
      deployments: deploymentsOutput(touched.map(one => ({ ...one.target, state: one.state })))
    }),
    ...(previousSha !== '' && {
      'previous-deployment-id': idText(target.record?.previousId ?? 0),
      'previous-sha': previousSha,
      'compare-url': compareUrl(run, inputs.repository, previousSha, target.sha)
    })
  }
}

/** The outputs for deployments that stay as they are. */
export function finalOutputs(targets: readonly Target[]): Outputs {
  const final = [...targets].sort((one, other) => other.id - one.id)
  const [newest] = final
  if (!newest) return {}
  return {
    ...valuesOf(newest),
    state: newest.state,
    'environment-url': newest.environmentUrl,
    'log-url': newest.logUrl,
    environment: environmentsOf(final),
    ...(final.length > 1 && { deployments: deploymentsOutput(final) })
  }
}

const valuesOf = (target: Target): Outputs => ({
  'deployment-id': idText(target.id),
  'deployment-url': target.url,
  ref: target.ref,
  sha: target.sha,
  task: target.task,
  payload: target.record?.payload === '' ? '' : payloadText(target.payload)
})

const environmentsOf = (targets: readonly Target[]): string =>
  [...new Set(targets.map(target => target.environment))].join('\n')
