import type { NewDeployment, NewStatus } from '../deployment/deployment.ts'
import type { JsonObject } from '../lib/json.ts'

/** Our words as GitHub's fields. Only what was asked for is sent: its defaults are its own business. */
export const deploymentFields = (wanted: NewDeployment): JsonObject => ({
  ref: wanted.ref,
  task: wanted.task,
  environment: wanted.environment,
  auto_merge: wanted.autoMerge,
  payload: wanted.payload,
  transient_environment: wanted.transient,
  ...(wanted.description !== '' && { description: wanted.description }),
  ...(wanted.requiredContexts && { required_contexts: wanted.requiredContexts }),
  ...(wanted.production !== undefined && { production_environment: wanted.production })
})

export const statusFields = (status: NewStatus): JsonObject => ({
  state: status.state,
  log_url: status.logUrl,
  // Said of every state: whether GitHub applies its rule to others than success is documented nowhere.
  auto_inactive: status.autoInactive,
  ...(status.description !== '' && { description: status.description }),
  ...(status.environment !== '' && { environment: status.environment }),
  ...(status.environmentUrl !== '' && { environment_url: status.environmentUrl })
})
