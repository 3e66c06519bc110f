/** Names of inputs that other actions have and this one has not; what each is here `foreign.ts` knows. */
export const MIGRATION_NAMES = [
  'step',
  'env',
  'environment-suffix',
  'env_url',
  'environment_url',
  'target_url',
  'target-url',
  'desc',
  'logs',
  'log_url',
  'status',
  'deployment_id',
  'initial-status',
  'initial_status',
  'auto_inactive',
  'override',
  'no_override',
  'auto_merge',
  'required_contexts',
  'transient',
  'transient_environment',
  'production_environment',
  'sha',
  'repo',
  'owner',
  'onlyRemoveDeployments',
  'onlyDeactivateDeployments',
  'debug',
  'log_args',
  'github-base-url'
] as const

export type MigrationName = (typeof MIGRATION_NAMES)[number]

/** Those that a step was given: the runner warns of them, and hands them on all the same. */
export const migrationNames = (
  env: Readonly<Record<string, string | undefined>>
): readonly MigrationName[] =>
  MIGRATION_NAMES.filter(name => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim() !== '')
