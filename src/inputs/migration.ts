import { ActionError, InputError, RequestError } from '../lib/errors.ts'

type Variables = Readonly<Record<string, string | undefined>>

/** Inputs of other actions (docs/migrating.md) and of earlier versions, each with the input that replaces it here. */
const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ['step', 'mode'],
  ['env', 'environment'],
  ['environment-suffix', 'environment'],
  ['env_url', 'environment-url'],
  ['environment_url', 'environment-url'],
  ['target_url', 'environment-url'],
  ['target-url', 'environment-url'],
  ['desc', 'description'],
  ['logs', 'log-url'],
  ['log_url', 'log-url'],
  ['status', 'state'],
  ['deployment_id', 'deployment-id'],
  ['initial-status', 'initial-state'],
  ['initial_status', 'initial-state'],
  ['auto_inactive', 'auto-inactive'],
  ['auto-close', 'auto-finish'],
  ['override', 'auto-inactive'],
  ['no_override', 'auto-inactive'],
  ['auto_merge', 'auto-merge'],
  ['required_contexts', 'required-contexts'],
  ['transient', 'transient-environment'],
  ['transient_environment', 'transient-environment'],
  ['production_environment', 'production-environment'],
  ['sha', 'ref'],
  ['repo', 'repository'],
  ['owner', 'repository'],
  ['onlyRemoveDeployments', 'delete'],
  ['onlyDeactivateDeployments', 'mode']
])

export const MIGRATION_NAMES: readonly string[] = [...REPLACEMENTS.keys()]

const STEPS: ReadonlyMap<string, string> = new Map([
  ['finish', '`mode: finish`'],
  ['deactivate-env', '`mode: deactivate`'],
  ['delete-env', '`mode: deactivate` with `delete: environment`']
])

/**
 * Rejects the input `step` of bobheadxi/deployments if its value means the opposite of a `start`. `guide` is
 * the migration guide. Throws an InputError.
 */
export function refuseStepInput(env: Variables, mode: string, guide: string): void {
  const step = (env['INPUT_STEP'] ?? '').trim().toLowerCase()
  const replacement = STEPS.get(step)
  if (mode !== 'start' || replacement === undefined) return
  throw new InputError(
    `step: use ${replacement} instead of \`step: ${step}\`. Without it, this step would create a deployment. Migration guide: ${guide}`,
    'migration'
  )
}

/**
 * Adds the names of another action's inputs to an error. The variables can also be a workflow's own, so they cause no
 * error themselves, and their values, which can be secrets, are not shown.
 */
export function withMigrationHint(error: unknown, env: Variables, guide: string): unknown {
  const names = MIGRATION_NAMES.filter(name => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim() !== '')
  const isAboutInputs = error instanceof ActionError && !(error instanceof RequestError)
  if (!isAboutInputs || names.length === 0 || error.message.includes(guide)) return error
  const hints = names.map(name => `"${name}" is "${REPLACEMENTS.get(name)}"`)
  return new ActionError(
    `${error.message}\nInputs of another action are set; in this action ${hints.join(', ')}. Migration guide: ${guide}`,
    { cause: error, section: 'migration' }
  )
}
