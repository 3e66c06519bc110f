import {
  COMMAND_NOT_RUN,
  canceledState,
  type Outcome,
  outcomeOfCommand,
  outcomeOfInterruption
} from '../deployment/outcome.ts'
import { finalFields, type StartRecord } from '../deployment/start-record.ts'
import { recordDeployed } from '../finalize/artifacts.ts'
import { describeDeleted, describeOpen, isDeleted, POST_REMEDY } from '../finalize/error-context.ts'
import { finalize } from '../finalize/finalize.ts'
import { targetFromRecord } from '../finalize/target.ts'
import { tolerated } from '../github/tolerated-errors.ts'
import { isComplete } from '../inputs/artifacts.ts'
import { usableUrl } from '../inputs/parsers.ts'
import type { Command, StartInputs } from '../inputs/types.ts'
import { messageOf } from '../lib/errors.ts'
import type { Deps, ModeResult } from '../mode.ts'
import { idText, OUTPUTS } from '../report/outputs.ts'
import { resultLines } from '../report/result.ts'
import { finalizedSummary, startedSummary } from '../report/summary.ts'
import { type CommandEnd, runCommand } from '../runner/command.ts'

/** The result of a command: the record for post, the state to post now, and the reason if the step fails. */
interface Conclusion {
  readonly record: StartRecord
  readonly outcome: Outcome
  readonly failure: string
}

/** Runs the command of a `start` and posts the final state that follows from its end. */
export async function runWrapped(
  deps: Deps,
  inputs: StartInputs,
  command: Command,
  record: StartRecord
): Promise<ModeResult> {
  if (inputs.dryRun) {
    deps.log.info(`Dry run: would run with ${command.shell}:\n${command.run}`)
    // The post step then logs what follows a command that succeeds.
    if (record.phase !== 'nothing') deps.save({ ...record, exitCode: 0 })
    return {}
  }
  const end = await runCommand(command, deps.step)
  const url = end.kind === 'notStarted' ? '' : publishOutputs(deps, end.outputs)
  const conclusion = conclude(command, end, {
    ...record,
    isUrlFromCommand: url !== '',
    environmentUrl: url || record.environmentUrl
  })
  const { failure } = conclusion
  // Without an id, post looks for the deployment.
  if (record.phase !== 'nothing') deps.save(conclusion.record)
  if (record.phase === 'nothing' || record.id === 0) return { failure }
  if (inputs.autoFinish || end.kind !== 'exited') return report(deps, inputs, conclusion)
  // Post finishes the deployment of a command that failed, and then writes the summary.
  return failure === '' ? { summary: startedSummary(deps.run, conclusion.record, 'in_progress') } : { failure }
}

function conclude(command: Command, end: CommandEnd, record: StartRecord): Conclusion {
  switch (end.kind) {
    case 'notStarted':
      return {
        record: { ...record, phase: 'open' },
        outcome: COMMAND_NOT_RUN,
        failure: `run: the command did not start: ${end.problem}`
      }
    case 'interrupted':
      return {
        record: { ...record, wasInterrupted: true },
        outcome: outcomeOfInterruption(canceledState(record.cancelledState, record.transient)),
        failure: 'The command was interrupted.'
      }
    case 'exited':
      return {
        record: { ...record, exitCode: end.exitCode },
        outcome: outcomeOfCommand(end.exitCode),
        failure: failureOf(command, end.exitCode)
      }
  }
}

// The codes of POSIX shells (Shell Command Language, 2.8.2).
const SHELL_CODES: Readonly<Record<number, string>> = {
  126: ' The shell found a program that it could not execute.',
  127: ' The shell did not find a program that the command names.'
}

function failureOf({ shell }: Command, exitCode: number): string {
  const hint = shell === 'bash' || shell === 'sh' ? (SHELL_CODES[exitCode] ?? '') : ''
  return exitCode === 0 ? '' : `The command failed with exit code ${exitCode}.${hint}`
}

async function report(deps: Deps, inputs: StartInputs, conclusion: Conclusion): Promise<ModeResult> {
  const { record, outcome, failure } = conclusion
  const onFailure = describeOpen({ ...record, state: 'none' }, POST_REMEDY)
  try {
    const request = { ...record, target: targetFromRecord(record), outcome, onFailure }
    const result = await finalize(deps, request)
    deps.log.info(resultLines(deps.run, result))
    deps.publish({
      state: result.state,
      'status-id': idText(result.statusId),
      'environment-url': result.environmentUrl
    })
    const final: StartRecord = {
      ...record,
      ...finalFields(result),
      statusId: result.statusId || record.statusId
    }
    deps.save(final)
    if (result.state === 'success' && isComplete(record.artifacts)) {
      await recordDeployed(deps, record.artifacts, record)
      deps.save({ ...final, areArtifactsRecorded: true })
    }
    return { summary: finalizedSummary(deps.run, result, { now: deps.clock.now(), isDryRun: false }), failure }
  } catch (error) {
    if (await isDeleted(deps, record, error)) {
      deps.log.notice(describeDeleted(record))
      deps.save({ ...record, phase: 'nothing' })
      return { failure }
    }
    const warning = tolerated(error, deps.run, inputs.failOnError)
    if (warning !== undefined) deps.log.warning(warning.message, warning.section)
    else if (failure === '') throw error
    return { failure: warning === undefined ? `${failure}\n${messageOf(error)}` : failure }
  }
}

/** Sets the command's outputs. Returns the environment URL among them; empty if there is none that can be used. */
function publishOutputs(deps: Deps, outputs: ReadonlyMap<string, string>): string {
  let url = ''
  for (const [name, value] of outputs) {
    // GitHub ignores the case of an output's name.
    const key = name.toLowerCase()
    if (key === 'environment-url') url = value.trim()
    else if (!OUTPUTS.some(own => own === key)) deps.setCommandOutput(name, value)
  }
  const usable = usableUrl(url, text => deps.log.warning(text, 'lateValues'))
  if (usable !== '') deps.publish({ 'environment-url': usable })
  return usable
}
