import { deactivate } from './deactivate/deactivate.ts'
import { serializeStartRecord } from './deployment/start-record.ts'
import { finish } from './finish/finish.ts'
import { openDeployments } from './github/open.ts'
import { tolerated } from './github/tolerated-errors.ts'
import { readInputs } from './inputs/inputs.ts'
import { migrationHint } from './inputs/migration-hints.ts'
import { migrationNames } from './inputs/migration-names.ts'
import type { Inputs } from './inputs/types.ts'
import { isTooLong, MAX_DESCRIPTION_CHARS } from './lib/text.ts'
import type { Deps, ModeResult } from './mode.ts'
import { checkWorkingDirectory, runCommand } from './runner/command.ts'
import { type RunContext, readContext } from './runner/context.ts'
import { readHead } from './runner/git.ts'
import { type Journal, openJournal } from './runner/journal.ts'
import type { Step } from './runner/step.ts'
import { planStart } from './start/plan.ts'
import { startMode } from './start/start.ts'

/** The main step: reads the facts, does what the mode says, and leaves the summary. Throws what fails it. */
export async function runMain(step: Step): Promise<void> {
  step.mask(step.input('token'))
  step.mask(step.input('fallback-token'))
  const run = readContext(step.env)
  const foreign = readMigrationHint(step, run)
  const inputs = readInputs(step.input, run.repository)
  if (foreign !== '') step.log.warning(foreign)
  if (isTooLong(inputs.description)) {
    step.log.warning(
      `description: cut to the ${MAX_DESCRIPTION_CHARS} characters that GitHub takes`
    )
  }
  if (inputs.mode === 'start' && inputs.command) {
    checkWorkingDirectory(inputs.command.workingDirectory)
  }
  const deps = openDeps(step, run, inputs)
  try {
    const ending = await inMode(deps, run, inputs)
    if (inputs.summary && ending.summary) await step.writeSummary(ending.summary)
    if (ending.error) throw ending.error
    if (ending.failure !== '') step.fail(ending.failure)
  } catch (error) {
    const warning = tolerated(error, run, inputs.failOnError)
    if (warning === undefined) throw error
    step.log.warning(warning)
  }
}

/** A warning about inputs of other actions; empty if there are none. */
function readMigrationHint({ env, input }: Step, run: RunContext): string {
  const names = migrationNames(env)
  return names.length === 0 ? '' : migrationHint(names, input, run.repository)
}

async function inMode(deps: Deps, run: RunContext, inputs: Inputs): Promise<ModeResult> {
  switch (inputs.mode) {
    case 'start':
      return startMode(deps, run, inputs, planStart(run, inputs, deps.unique(), deps.now()))
    case 'finish':
      return finish(deps, run, inputs)
    case 'deactivate':
      return deactivate(deps, run, inputs)
  }
}

function openDeps(step: Step, run: RunContext, inputs: Inputs): Deps {
  const journal = openJournal(run, inputs.checkRunId, step.redact)
  return {
    journal,
    deployments: openDeployments(run, {
      ...inputs,
      tokens: [inputs.token],
      clock: step.clock,
      log: step.log.info,
      debug: step.debug
    }),
    log: step.log,
    now: step.clock.now,
    unique: step.clock.unique,
    publish: outputs => {
      for (const [name, value] of Object.entries(outputs)) step.setOutput(name, value)
    },
    setCommandOutput: step.setOutput,
    save: saveTo(step, journal),
    readHead: repository => readHead(step.env, repository, step.clock),
    runCommand: command => runCommand(command, step)
  }
}

/** State for post without the payload: a variable has less room than a file. */
const saveTo =
  (step: Step, journal: Journal): Deps['save'] =>
  record => {
    step.saveState(serializeStartRecord({ ...record, payload: undefined }))
    journal.put(record)
  }
