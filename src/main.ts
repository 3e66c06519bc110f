import { deactivate } from './deactivate/deactivate.ts'
import { serializeStartRecord } from './deployment/start-record.ts'
import { finish } from './finish/finish.ts'
import { openDeployments } from './github/open.ts'
import { tolerated } from './github/tolerated-errors.ts'
import { readInputs } from './inputs/inputs.ts'
import { refuseStepInput, withMigrationHint } from './inputs/migration.ts'
import type { Inputs } from './inputs/types.ts'
import type { Deps, ModeResult } from './mode.ts'
import { withOldNames } from './report/outputs.ts'
import { checkWorkingDirectory, runCommand } from './runner/command.ts'
import { isRestrictedRun, type RunContext, readContext } from './runner/context.ts'
import { documentationLink } from './runner/documentation.ts'
import { readHead } from './runner/git.ts'
import { type Journal, openJournal } from './runner/journal.ts'
import type { Step } from './runner/step.ts'
import { planStart } from './start/plan.ts'
import { startMode } from './start/start.ts'

/** Runs the main step. Throws the error that fails it. */
export async function runMain(step: Step): Promise<void> {
  const guide = documentationLink(step.env, 'docs/migrating.md')
  try {
    await runMode(step, guide)
  } catch (error) {
    throw withMigrationHint(error, step.env, guide)
  }
}

async function runMode(step: Step, guide: string): Promise<void> {
  step.mask(step.input('token'))
  step.mask(step.input('fallback-token'))
  const run = readContext(step.env)
  const workflow = { repository: run.repository, isReadOnly: isRestrictedRun(run) }
  const inputs = readInputs(step.input, workflow, step.log.warning)
  refuseStepInput(step.env, inputs.mode, guide)
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
  const commandOutputs = new Set<string>()
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
      for (const [name, value] of withOldNames(outputs)) {
        if (!commandOutputs.has(name)) step.setOutput(name, value)
      }
    },
    setCommandOutput: (name, value) => {
      commandOutputs.add(name.toLowerCase())
      step.setOutput(name, value)
    },
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
