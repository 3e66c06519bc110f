import { deactivate } from './deactivate/deactivate.ts'
import { sameName } from './deployment/deployment.ts'
import { serializeFinishRecord } from './deployment/finish-record.ts'
import { type StartRecord, serializeStartRecord } from './deployment/start-record.ts'
import { NOTHING_SENT } from './finalize/final-status.ts'
import { finish } from './finish/finish.ts'
import { openDeployments } from './github/open.ts'
import { tolerated } from './github/tolerated-errors.ts'
import { parseCheckRunId } from './inputs/common.ts'
import { readInputs } from './inputs/inputs.ts'
import { refuseStepInput, withMigrationHint } from './inputs/migration.ts'
import type { Inputs } from './inputs/types.ts'
import { ActionError } from './lib/errors.ts'
import type { Deps, ModeResult } from './mode.ts'
import { namesOf } from './report/outputs.ts'
import { documentationLink } from './runner/addresses.ts'
import { checkWorkingDirectory } from './runner/command.ts'
import { isRestrictedRun, type RunContext, readContext } from './runner/context.ts'
import { createSeal, openJournal, type Seal, STATE_PLACE } from './runner/journal.ts'
import type { Step } from './runner/step.ts'
import { startMode } from './start/start.ts'

const MAX_PAYLOAD_CHARS = 64 * 1024
const NOT_SAVED =
  'The state could not be saved, so no deployment was created: the post step could not find it. Check the free disk space of this runner, and run the job again.'

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
  const seal = createSeal(step.input('fallback-token'), run, parseCheckRunId(step.input('check-run-id')))
  // Before anything else: the runner passes a STATE_ variable of another step on if main saved none.
  step.saveState(seal.close('{"v":1,"mode":"none"}', STATE_PLACE))
  const workflow = { repository: run.repository, isReadOnly: isRestrictedRun(run) }
  const inputs = readInputs(step.input, workflow, text => step.log.warning(text, 'inputs'))
  refuseStepInput(step.env, inputs.mode, guide)
  if (inputs.mode === 'start' && inputs.command) {
    checkWorkingDirectory(inputs.command.workingDirectory)
  }
  const { deps, end } = openDeps(step, run, inputs, seal)
  try {
    const result = await inMode(deps, inputs)
    if (inputs.summary && result.summary) step.writeSummary(result.summary)
    if (inputs.dryRun) step.log.info(NOTHING_SENT)
    if (result.error) throw result.error
    if (result.failure) step.fail(result.failure, 'command')
  } catch (error) {
    const warning = tolerated(error, run, inputs.failOnError)
    if (warning === undefined) throw error
    step.log.warning(warning.message, warning.section)
  } finally {
    end()
  }
}

async function inMode(deps: Deps, inputs: Inputs): Promise<ModeResult> {
  switch (inputs.mode) {
    case 'start':
      return startMode(deps, inputs)
    case 'finish':
      return finish(deps, inputs)
    case 'deactivate':
      return deactivate(deps, inputs)
  }
}

function openDeps(
  step: Step,
  run: RunContext,
  inputs: Inputs,
  seal: Seal
): { readonly deps: Deps; readonly end: () => void } {
  const { log, clock, debug, redact } = step
  const journal = openJournal(run, { seal, checkRunId: inputs.checkRunId, redact })
  const saveState = (json: string) => step.saveState(seal.close(redact(json), STATE_PLACE))
  let last: StartRecord | undefined
  const save = (record: StartRecord) => {
    const isFirst = last === undefined
    last = record
    // Without the payload: a variable has less room than a file.
    const isSaved = saveState(serializeStartRecord({ ...record, payload: '' }))
    // The journal ignores a file that is too large. Other systems can store payloads of any size.
    journal.put(record.payload.length > MAX_PAYLOAD_CHARS ? { ...record, payload: '' } : record)
    if (isFirst && !isSaved && record.phase === 'creating') throw new ActionError(NOT_SAVED, { section: 'runnerFiles' })
  }
  const commandOutputs = new Set<string>()
  const open = (repository: string, token: string) =>
    openDeployments(run, {
      ...inputs,
      repository,
      tokens: [token],
      clock,
      log: log.info,
      warn: log.warning,
      debug
    })
  const deployments = open(inputs.repository, inputs.token)
  const isHere = sameName(inputs.repository, run.repository)
  const deps: Deps = {
    step,
    run,
    journal,
    log,
    clock,
    deployments,
    // The token for another repository often has no access to this one.
    runs: isHere ? deployments : open(run.repository, inputs.fallbackToken || inputs.token),
    publish: outputs => {
      for (const [output, value] of Object.entries(outputs)) {
        for (const name of namesOf(output)) if (!commandOutputs.has(name)) step.setOutput(name, value)
      }
    },
    setCommandOutput: (name, value) => {
      commandOutputs.add(name.toLowerCase())
      step.setOutput(name, value)
    },
    save,
    saveFinish: record => saveState(serializeFinishRecord(record))
  }
  // Without this mark, the record belongs to a `start` that still runs or was interrupted.
  const end = () => {
    if (last) save({ ...last, hasEnded: true })
  }
  return { deps, end }
}
