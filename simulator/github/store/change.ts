import type { DeploymentRecord, StatusRecord } from '../model.ts'
import type { RepositoryState } from './state.ts'

/** A new deployment, or a new status of a deployment. */
export interface DeploymentChange {
  repository: RepositoryState
  deployment: DeploymentRecord
  status?: StatusRecord
}
