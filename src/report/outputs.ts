import type { RunContext } from '../runner/context.ts'

/** The outputs that `action.yml` declares. */
export const OUTPUTS = [
  'deployment-id',
  'deployment-url',
  'status-id',
  'state',
  'environment',
  'environment-url',
  'log-url',
  'ref',
  'sha',
  'task',
  'payload',
  'previous-deployment-id',
  'previous-sha',
  'compare-url',
  'deactivated',
  'deleted',
  'deployments'
] as const

export type Outputs = Partial<Record<(typeof OUTPUTS)[number], string>>

/**
 * Names of outputs in other deployment actions. They are set too, since a condition on an output that does not exist
 * skips a step without an error.
 */
export const OLD_NAMES: Readonly<Partial<Record<string, string>>> = {
  'deployment-id': 'deployment_id',
  'deployment-url': 'deployment_url',
  'environment-url': 'environment_url',
  'status-id': 'status_id',
  environment: 'env'
}

/** An output's name, and its old name if it has one. */
export const namesOf = (output: string): readonly string[] =>
  [output, OLD_NAMES[output]].filter(name => name !== undefined)

const MAX_LISTED = 100

/** An id as an output; empty if there is none. */
export const idText = (id: number): string => (id === 0 ? '' : String(id))

/** The page that compares two commits; empty for the same commit. */
export const compareUrl = (run: RunContext, repository: string, from: string, to: string): string =>
  from === to ? '' : `${run.serverUrl}/${repository}/compare/${from}...${to}`

/** The `deployments` output: the first 100 deployments that were changed. */
export const deploymentsOutput = (
  changed: readonly {
    readonly id: number
    readonly environment: string
    readonly state: string
  }[]
): string =>
  JSON.stringify(changed.slice(0, MAX_LISTED).map(({ id, environment, state }) => ({ id, environment, state })))
