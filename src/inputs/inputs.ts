import { AUTO_INACTIVE, CANCELLED_STATES, sameName, UNFINISHED_STATES } from '../deployment/deployment.ts'
import { isUnfinishedResult, KNOWN_RESULTS, parseResults } from '../deployment/outcome.ts'
import { InputError } from '../lib/errors.ts'
import { isTooLong, MAX_DESCRIPTION_CHARS } from '../lib/text.ts'
import { readArtifacts, readSubjects } from './artifacts.ts'
import { readCommon } from './common.ts'
import {
  badInput,
  boolean,
  choice,
  environmentName,
  environmentNames,
  line,
  list,
  notAllowed,
  type ReadInput,
  url,
  wholeNumber
} from './parsers.ts'
import { readPayload } from './payload.ts'
import {
  type Command,
  type CommonInputs,
  DELETE,
  type DeactivateInputs,
  type FinishOptions,
  type Inputs,
  SHELLS,
  type StartInputs,
  type Workflow
} from './types.ts'

const MODES = ['start', 'finish', 'deactivate'] as const

type Warn = (text: string) => void

/** Reads and checks the inputs of the mode. Throws an InputError for the first invalid one. */
export function readInputs(read: ReadInput, workflow: Workflow, warn: Warn): Inputs {
  const mode = choice(read, 'mode', MODES) ?? 'start'
  const common = readCommon(read, workflow)
  if (isTooLong(common.description)) {
    warn(`description: truncated to ${MAX_DESCRIPTION_CHARS} characters, GitHub's limit`)
  }
  switch (mode) {
    case 'start':
      return readStart(read, common, workflow, warn)
    case 'finish':
      return {
        ...common,
        ...readFinishOptions(read, true),
        mode,
        environments: environmentNames(read, 'environment'),
        task: line(read, 'task')
      }
    case 'deactivate':
      return readDeactivate(read, common)
  }
}

function readFinishOptions(read: ReadInput, allowsUnfinished: boolean): FinishOptions {
  const text = read('state')
  const results = parseResults(text)
  // On `start`, a list of outcomes of later steps has only its separators in main.
  const isLate = !allowsUnfinished && /^[\s,]*$/.test(text)
  if (text !== '' && results.length === 0 && !isLate) throw badInput('state', 'a state or result', text)
  const allowed = KNOWN_RESULTS.filter(name => allowsUnfinished || !isUnfinishedResult(name))
  for (const result of results) {
    if (!allowed.includes(result))
      throw notAllowed('state', ['success', ...allowed.filter(name => name !== 'success')], result)
  }
  return {
    results,
    environmentUrl: url(read, 'environment-url'),
    artifacts: readArtifacts(read, !allowsUnfinished),
    cancelledState: choice(read, 'cancelled-state', CANCELLED_STATES),
    autoInactive: choice(read, 'auto-inactive', AUTO_INACTIVE)
  }
}

function readStart(read: ReadInput, common: CommonInputs, workflow: Workflow, warn: Warn): StartInputs {
  const finish = readFinishOptions(read, false)
  const ref = line(read, 'ref')
  const autoMerge = boolean(read, 'auto-merge') ?? false
  if (autoMerge && ref === '') {
    throw new InputError('auto-merge: also set "ref" to a branch name; GitHub merges the default branch into it')
  }
  if (!sameName(common.repository, workflow.repository) && !ref && !common.deploymentId) {
    throw new InputError(
      `ref: set a branch, tag or SHA of ${common.repository}, since it is not the workflow's repository`
    )
  }
  const command = readCommand(read)
  if (command && finish.results.length > 0) {
    throw new InputError('state: not allowed together with "run", since the exit code of the command decides the state')
  }
  return {
    ...common,
    ...finish,
    mode: 'start',
    environment: environmentName('environment', read('environment')),
    ref,
    task: line(read, 'task'),
    payload: readPayload(read('payload'), warn),
    initialState: choice(read, 'initial-state', UNFINISHED_STATES) ?? 'in_progress',
    autoMerge,
    requiredContexts: readContexts(read),
    transient: boolean(read, 'transient-environment'),
    production: boolean(read, 'production-environment'),
    autoFinish: boolean(read, 'auto-finish') ?? true,
    command
  }
}

/** No contexts by default. `*` returns `undefined`: GitHub then requires every context of the commit. */
function readContexts(read: ReadInput): readonly string[] | undefined {
  const contexts = list(read, 'required-contexts')
  return contexts.includes('*') ? undefined : contexts
}

function readCommand(read: ReadInput): Command | undefined {
  const run = read('run')
  const shell = choice(read, 'shell', SHELLS) ?? 'bash'
  return run === '' ? undefined : { run, shell, workingDirectory: read('working-directory') }
}

/** Names and patterns. A pattern that matches everything usually comes from an empty variable. */
function readSelective(read: ReadInput): readonly string[] {
  const names = environmentNames(read, 'environment')
  const unlimited = names.find(name => /^[*?]+$/.test(name))
  if (unlimited !== undefined) {
    throw badInput('environment', 'a pattern with at least one character besides * and ?', unlimited)
  }
  return names
}

function readDeactivate(read: ReadInput, common: CommonInputs): DeactivateInputs {
  const deletion = choice(read, 'delete', DELETE) ?? 'none'
  const keep = wholeNumber(read, 'keep', 0) ?? 0
  if (keep > 0 && deletion !== 'deployments') {
    throw badInput('keep', '0, or "delete: deployments" together with it', `${keep}`)
  }
  return {
    ...common,
    mode: 'deactivate',
    environments: readSelective(read),
    task: line(read, 'task'),
    ref: line(read, 'ref'),
    artifacts: readSubjects(read),
    delete: deletion,
    keep
  }
}
