import type { DeploymentRecord, StatusRecord } from '../model.ts'

export interface FieldError {
  resource: string
  code: string
  field?: string
  message?: string
  contexts?: readonly unknown[]
}

/** A valid request that one of GitHub's rules rejects. */
export interface Rejection {
  kind: 'refused'
  status: 409 | 422
  message: string
  errors?: readonly (FieldError | string)[]
}

export type CreateOutcome =
  | { kind: 'created'; deployment: DeploymentRecord }
  | { kind: 'merged'; message: string }
  | Rejection

export type StatusOutcome = { kind: 'created'; status: StatusRecord } | Rejection

export type DeleteOutcome = { kind: 'deleted' } | Rejection

/** A 422 response that names one field. */
export const invalidField = (resource: string, field: string, problem: string): Rejection => ({
  kind: 'refused',
  status: 422,
  message: 'Validation Failed',
  errors: [{ resource, code: 'custom', field, message: `${field} ${problem}` }]
})
