import { InputError } from '../lib/errors.ts'
import type { MigrationName } from './migration-names.ts'
import type { ReadInput } from './parsers.ts'

interface Replacement {
  /** The input of ours that says the same; none where nothing has to say it. */
  readonly ours?: string
  /** What differs besides the name. */
  readonly how?: string
}

const LOGGING = 'a job that is run again with debug logging shows every request'

/**
 * Inputs of bobheadxi/deployments, chrnorm/deployment-action and deployment-status, int128/deployment-action
 * and strumwolf/delete-deployment-environment that have another name here, those of earlier versions too.
 */
const MEANT: Readonly<Record<MigrationName, Replacement>> = {
  step: {
    ours: 'mode',
    how: 'start, finish or deactivate; "delete-env" is deactivate with "delete: environment"'
  },
  env: { ours: 'environment' },
  'environment-suffix': { ours: 'environment', how: 'the whole name, such as "pr-12/api"' },
  env_url: { ours: 'environment-url' },
  environment_url: { ours: 'environment-url' },
  target_url: { ours: 'environment-url' },
  'target-url': { ours: 'environment-url' },
  desc: { ours: 'description' },
  logs: { ours: 'log-url' },
  log_url: { ours: 'log-url' },
  status: { ours: 'state', how: "without it the job's own result counts" },
  deployment_id: { ours: 'deployment-id', how: '"finish" mostly finds it without' },
  'initial-status': { ours: 'initial-state' },
  initial_status: { ours: 'initial-state' },
  auto_inactive: { ours: 'auto-inactive' },
  override: { ours: 'auto-inactive', how: 'true is "all" there' },
  no_override: { ours: 'auto-inactive', how: 'false is "all" there' },
  auto_merge: { ours: 'auto-merge' },
  required_contexts: { ours: 'required-contexts' },
  transient: { ours: 'transient-environment' },
  transient_environment: { ours: 'transient-environment' },
  production_environment: { ours: 'production-environment' },
  sha: { ours: 'ref' },
  repo: { ours: 'repository', how: 'as owner/name' },
  owner: { ours: 'repository', how: 'as owner/name' },
  onlyRemoveDeployments: { ours: 'delete', how: '"delete: deployments" with "mode: deactivate"' },
  onlyDeactivateDeployments: { ours: 'mode', how: '"mode: deactivate" deletes nothing by itself' },
  debug: { how: LOGGING },
  log_args: { how: LOGGING },
  'github-base-url': { how: 'the runner says where GitHub is' }
}

/**
 * What the runner fills in where nothing is given. Nobody can tell the two apart, so these values count as
 * not given: else a `step: finish` without our `mode` would start a second deployment.
 */
const FILLED_IN: Readonly<Record<string, string>> = {
  mode: 'start',
  'initial-state': 'in_progress',
  'auto-merge': 'false',
  delete: 'none'
}

/**
 * The warning about inputs of other actions. Throws an InputError instead where one of them says what no input
 * of ours does. Their values may be secrets or a stranger's: they are never told.
 */
export function migrationHint(
  names: readonly MigrationName[],
  read: ReadInput,
  ownRepository: string
): string {
  const isGiven = (ours: string) => {
    const fallback = ours === 'repository' ? ownRepository : (FILLED_IN[ours] ?? '')
    return !['', fallback.toLowerCase()].includes(read(ours).toLowerCase())
  }
  const isLost = names.some(name => {
    const { ours } = MEANT[name]
    return ours !== undefined && !isGiven(ours)
  })
  if (isLost) throw new InputError(names.map(describeHint).join('\n'))
  return names.map(name => `${describeHint(name)}; "${name}" is ignored`).join('\n')
}

function describeHint(name: MigrationName): string {
  const { ours, how = '' } = MEANT[name]
  if (ours === undefined)
    return `${name}: not an input of this action, and not needed, since ${how}`
  return `${name}: this action calls it "${ours}"${how === '' ? '' : ` (${how})`}`
}
