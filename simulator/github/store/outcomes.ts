import type { DeploymentRecord, StatusRecord } from '../model.ts'

export interface FieldError {
  resource: string
  code: string
  field?: string
  message?: string
  contexts?: readonly unknown[]
}

/** GitHub understood the request and says no. */
export interface Refusal {
  kind: 'refused'
  status: 409 | 422
  message: string
  errors?: readonly (FieldError | string)[]
}

export type CreateOutcome =
  | { kind: 'created'; deployment: DeploymentRecord }
  | { kind: 'merged'; message: string }
  | Refusal

export type StatusOutcome = { kind: 'created'; status: StatusRecord } | Refusal

export type DeleteOutcome = { kind: 'deleted' } | Refusal

/** The 422 that names one field. */
export const invalidField = (resource: string, field: string, problem: string): Refusal => ({
  kind: 'refused',
  status: 422,
  message: 'Validation Failed',
  errors: [{ resource, code: 'custom', field, message: `${field} ${problem}` }]
})
