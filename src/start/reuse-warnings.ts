import type { Deployment } from '../deployment/deployment.ts'
import { payloadText } from '../deployment/origin.ts'
import type { StartInputs } from '../inputs/types.ts'
import type { Log } from '../runner/step.ts'

/** Warns about inputs that cannot change a reused deployment and differ from what it has. */
export function warnAboutReuse(log: Log, inputs: StartInputs, deployment: Deployment): void {
  const isOtherRef = inputs.ref !== '' && ![deployment.ref, deployment.sha].includes(inputs.ref)
  const isOtherTask = inputs.task !== '' && inputs.task !== deployment.task
  const hasPayload = Object.keys(inputs.payload).length > 0
  const isOtherPayload =
    hasPayload && payloadText(inputs.payload) !== payloadText(deployment.payload)
  const ignored = [
    ...(isOtherRef ? [`ref (it has ${deployment.ref})`] : []),
    ...(isOtherTask ? [`task (it has ${deployment.task})`] : []),
    ...(isOtherPayload ? ['payload'] : [])
  ]
  if (ignored.length === 0) return
  log.warning(
    `Deployment ${deployment.id} is reused, so these inputs are ignored: ${ignored.join(', ')}. GitHub sets them only when a deployment is created.`
  )
}
