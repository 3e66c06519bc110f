import { INPUT_NAMES } from '../inputs/types.ts'
import type { Env } from './addresses.ts'
import { STATE_NAME } from './step.ts'

/** Variables that belong to this action, and those of the runner that a `run:` step does not get. */
const REMOVED = [
  ...INPUT_NAMES.map(name => `INPUT_${name.toUpperCase()}`),
  `STATE_${STATE_NAME}`,
  'GITHUB_STATE',
  'ACTIONS_RUNTIME_TOKEN',
  'ACTIONS_RUNTIME_URL',
  'ACTIONS_RESULTS_URL',
  'ACTIONS_CACHE_URL',
  'ACTIONS_CACHE_SERVICE_V2',
  'ACTIONS_CACHE_MODE'
]

// Windows ignores the case of a variable's name.
const normalize = (name: string): string => (process.platform === 'win32' ? name.toUpperCase() : name)

const removed = new Set(REMOVED.map(normalize))

/** The environment of a wrapped command: that of the step as a `run:` step has it. */
export const commandEnv = (env: Env): Env =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !removed.has(normalize(name))))
