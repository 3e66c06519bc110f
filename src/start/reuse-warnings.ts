import { isDeepStrictEqual } from 'node:util'
import type { Deployment } from '../deployment/deployment.ts'
import { PAYLOAD_KEY, payloadText } from '../deployment/origin.ts'
import type { StartInputs } from '../inputs/types.ts'
import { isJsonObject, parseJson } from '../lib/json.ts'
import type { Log } from '../runner/step.ts'

/** A payload without the part of this action. */
function userPayload(payload: string): unknown {
  const value = parseJson(payloadText(payload))
  if (!isJsonObject(value)) return value
  const { [PAYLOAD_KEY]: _own, ...rest } = value
  return rest
}

/** Warns about inputs that cannot change a reused deployment and differ from what it has. */
export function warnAboutReuse(log: Log, inputs: StartInputs, deployment: Deployment): void {
  const isOtherRef = inputs.ref !== '' && ![deployment.ref, deployment.sha].includes(inputs.ref)
  const isOtherTask = inputs.task !== '' && inputs.task !== deployment.task
  const hasPayload = inputs.payload !== ''
  const isOtherPayload = hasPayload && !isDeepStrictEqual(userPayload(inputs.payload), userPayload(deployment.payload))
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
