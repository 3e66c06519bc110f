import { deactivate } from './deactivate/deactivate.ts'
import { writeBegun } from './deployment/start-record.ts'
import { finish } from './finish/finish.ts'
import { openDeployments } from './github/open.ts'
import { tolerated } from './github/tolerated-errors.ts'
import { readInputs } from './inputs/inputs.ts'
import { foreignNames } from './inputs/migration-names.ts'
import type { Inputs } from './inputs/types.ts'
import { isTooLong, MAX_DESCRIPTION_CHARS } from './lib/text.ts'
import type { Ending, Tools } from './mode.ts'
import { type RunContext, readContext } from './runner/context.ts'
import { type Ledger, openLedger } from './runner/journal.ts'
import type { Step } from './runner/step.ts'
import { planStart } from './start/plan.ts'
import { wrap } from './start/start.ts'

/** The main step: reads the facts, does what the mode says, and leaves the summary. Throws what fails it. */
export async function runMain(step: Step): Promise<void> {
  step.mask(step.input('token'))
  step.mask(step.input('fallback-token'))
  const run = readContext(step.env)
  const foreign = await aboutForeign(step, run)
  const inputs = readInputs(step.input, run.repository)
  if (foreign !== '') step.log.warning(foreign)
  if (isTooLong(inputs.description)) {
    step.log.warning(
      `description: cut to the ${MAX_DESCRIPTION_CHARS} characters that GitHub takes`
    )
  }
  const tools = await toolsFor(step, run, inputs)
  try {
    const ending = await inMode(tools, run, inputs)
    if (inputs.summary && ending.summary) await step.writeSummary(ending.summary)
    if (ending.error) throw ending.error
    if (ending.failure !== '') step.fail(ending.failure)
  } catch (error) {
    const warning = tolerated(error, run, inputs.failOnError)
    if (warning === undefined) throw error
    step.log.warning(warning)
  }
}

/** What there is to say of inputs of other actions. Loaded where it is needed: few steps have any. */
async function aboutForeign({ env, input }: Step, run: RunContext): Promise<string> {
  const names = foreignNames(env)
  if (names.length === 0) return ''
  return (await import('./inputs/migration-hints.ts')).aboutForeign(names, input, run.repository)
}

async function inMode(tools: Tools, run: RunContext, inputs: Inputs): Promise<Ending> {
  switch (inputs.mode) {
    case 'start':
      return wrap(tools, run, inputs, planStart(run, inputs, tools.unique(), tools.now()))
    case 'finish':
      return finish(tools, run, inputs)
    case 'deactivate':
      return deactivate(tools, run, inputs)
  }
}

async function toolsFor(step: Step, run: RunContext, inputs: Inputs): Promise<Tools> {
  const ledger = openLedger(run, inputs.checkRunId, step.clean)
  return {
    ledger,
    deployments: await openDeployments(run, {
      ...inputs,
      tokens: [inputs.token],
      clock: step.clock,
      tell: step.log.info,
      debug: step.debug
    }),
    log: step.log,
    now: step.clock.now,
    unique: step.clock.unique,
    publish: outputs => {
      for (const [name, value] of Object.entries(outputs)) step.setOutput(name, value)
    },
    passOn: step.setOutput,
    remember: rememberIn(step, ledger),
    // Loaded where it is needed: few steps wrap a command, and all would pay for it when they start.
    runCommand: async command => (await import('./runner/command.ts')).runCommand(command, step.env)
  }
}

/** State for post without the payload: a variable has less room than a file. */
const rememberIn =
  (step: Step, ledger: Ledger): Tools['remember'] =>
  begun => {
    step.saveState(writeBegun({ ...begun, payload: undefined }))
    ledger.put(begun)
  }
