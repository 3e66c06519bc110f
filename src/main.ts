import { randomUUID } from 'node:crypto'
import { writeBegun } from './begun.ts'
import { runCommand } from './command.ts'
import { type Env, type RunContext, readContext } from './context.ts'
import { connect } from './github/client.ts'
import { type Deployments, deploymentsOf } from './github/deployments.ts'
import { withoutWriting } from './github/dry-run.ts'
import { readInputs } from './inputs/read.ts'
import type { Inputs } from './inputs/types.ts'
import { type Ledger, openLedger } from './ledger.ts'
import { checkDeactivate, deactivate } from './modes/deactivate.ts'
import { finish } from './modes/finish.ts'
import { planStart } from './modes/plan.ts'
import { tolerated } from './modes/tolerance.ts'
import { type Ending, NOTHING_TO_SAY, type Tools } from './modes/tools.ts'
import { wrap } from './modes/wrap.ts'
import { openStep, type Step } from './step.ts'

/** The main step: reads the facts, does what the mode says, and leaves the summary. Throws what fails it. */
export async function runMain(env: Env): Promise<void> {
  const step = openStep(env)
  step.mask(step.input('token'))
  step.mask(step.input('fallback-token'))
  const run = readContext(env)
  const inputs = readInputs(step.input, run.repository)
  const tools = toolsFor(step, run, inputs)
  const ending = await inMode(tools, run, inputs)
  if (inputs.summary && ending.summary) await step.writeSummary(ending.summary)
  if (ending.failure !== '') step.fail(ending.failure)
}

async function inMode(tools: Tools, run: RunContext, inputs: Inputs): Promise<Ending> {
  try {
    switch (inputs.mode) {
      case 'start':
        return await wrap(tools, run, inputs, planStart(run, inputs, randomUUID(), tools.now()))
      case 'finish':
        return await finish(tools, run, inputs)
      case 'deactivate':
        checkDeactivate(run, inputs)
        return await deactivate(tools, run, inputs)
    }
  } catch (error) {
    const warning = tolerated(error, run, inputs.failOnError)
    if (warning === undefined) throw error
    tools.log.warning(warning)
    return NOTHING_TO_SAY
  }
}

function toolsFor(step: Step, run: RunContext, inputs: Inputs): Tools {
  const ledger = openLedger(run, inputs.checkRunId)
  return {
    ledger,
    deployments: deploymentsFor(step, run, inputs, [inputs.token]),
    log: step.log,
    now: Date.now,
    publish: outputs => {
      for (const [name, value] of Object.entries(outputs)) step.setOutput(name, value)
    },
    passOn: step.setOutput,
    remember: rememberIn(step, ledger),
    runCommand: command => runCommand(command, step.env)
  }
}

/** State for post without the payload: a variable has less room than a file. */
const rememberIn =
  (step: Step, ledger: Ledger): Tools['remember'] =>
  begun => {
    step.saveState(writeBegun({ ...begun, payload: undefined }))
    ledger.put(begun)
  }

/** The deployments of a repository, or in a dry run the same without writing. */
export function deploymentsFor(
  step: Step,
  run: RunContext,
  target: { readonly repository: string; readonly dryRun: boolean },
  tokens: readonly string[]
): Deployments {
  const client = connect({ apiUrl: run.apiUrl, tokens })
  const deployments = deploymentsOf(client, {
    repository: target.repository,
    graphqlUrl: run.graphqlUrl,
    note: step.log.info
  })
  return target.dryRun ? withoutWriting(deployments, step.log.info) : deployments
}
