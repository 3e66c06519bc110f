import type { ArtifactSubject } from '../deployment/artifacts.ts'
import type { AutoInactive, CancelledState, UnfinishedState } from '../deployment/deployment.ts'

/** The workflow run that the inputs belong to. */
export interface Workflow {
  /** `owner/name` */
  readonly repository: string
  /** A run of a fork's pull request or of Dependabot, whose token is usually read-only and whose secrets are empty. */
  readonly isReadOnly: boolean
}

export const SHELLS = ['bash', 'sh', 'pwsh', 'powershell', 'cmd', 'python'] as const
export type Shell = (typeof SHELLS)[number]

/** The command of `run`. */
export interface Command {
  readonly run: string
  readonly shell: Shell
  readonly workingDirectory: string
}

export interface CommonInputs {
  readonly token: string
  readonly fallbackToken: string
  /** `owner/name` that holds the deployment. */
  readonly repository: string
  readonly deploymentId: number | undefined
  readonly logUrl: string
  readonly checkRunId: number | undefined
  readonly timeoutMs: number
  readonly failOnError: boolean
  readonly dryRun: boolean
  readonly summary: boolean
  readonly description: string
  readonly jobStatus: string
  /** The status of the composite action around the step so far; empty outside of composite actions. */
  readonly actionStatus: string
}

/** Inputs for the final state, in `finish` and in the post step of `start`. */
export interface FinishOptions {
  readonly environmentUrl: string
  /** As in the input, and valid. */
  readonly artifacts: string
  /** The results in `state`, in lower case; empty if it is not set. */
  readonly results: readonly string[]
  /** `undefined`: the rule for canceled jobs. */
  readonly cancelledState: CancelledState | undefined
  /** `undefined` where it follows from the deployment. */
  readonly autoInactive: AutoInactive | undefined
}

export interface StartInputs extends CommonInputs, FinishOptions {
  readonly mode: 'start'
  /** Empty: inferred from the event. */
  readonly environment: string
  /** Empty: inferred from the event. */
  readonly ref: string
  /** Empty: GitHub's `deploy`. */
  readonly task: string
  /** The JSON text of an object; empty if it is not set. */
  readonly payload: string
  readonly initialState: UnfinishedState
  readonly autoMerge: boolean
  readonly requiredContexts: readonly string[] | undefined
  readonly transient: boolean | undefined
  readonly production: boolean | undefined
  readonly autoFinish: boolean
  readonly command: Command | undefined
}

export interface FinishInputs extends CommonInputs, FinishOptions {
  readonly mode: 'finish'
  /** Names or globs; empty: any. */
  readonly environments: readonly string[]
  readonly task: string
}

export const DELETE = ['none', 'deployments', 'environment'] as const

export interface DeactivateInputs extends CommonInputs {
  readonly mode: 'deactivate'
  /** Names or globs; empty: inferred from the event. */
  readonly environments: readonly string[]
  readonly task: string
  readonly ref: string
  readonly artifacts: readonly ArtifactSubject[]
  readonly delete: (typeof DELETE)[number]
  readonly keep: number
}

export type Inputs = StartInputs | FinishInputs | DeactivateInputs

/** Every input of `action.yml`. The runner sets a variable for each of them. */
export const INPUT_NAMES = [
  'mode',
  'token',
  'repository',
  'environment',
  'environment-url',
  'deployment-id',
  'ref',
  'task',
  'description',
  'payload',
  'initial-state',
  'state',
  'cancelled-state',
  'log-url',
  'auto-merge',
  'required-contexts',
  'transient-environment',
  'production-environment',
  'auto-inactive',
  'auto-finish',
  'run',
  'shell',
  'working-directory',
  'delete',
  'artifacts',
  'keep',
  'timeout',
  'fail-on-error',
  'dry-run',
  'summary',
  'job-status',
  'action-status',
  'check-run-id',
  'fallback-token'
] as const
