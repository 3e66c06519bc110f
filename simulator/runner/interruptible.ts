import { note } from './job-state.ts'
import { holds, timeoutOf } from './step-options.ts'
import { type Ending, isBackground, type ReadyStep, type Step } from './step-types.ts'

/**
 * Runs the body of a step, which is aborted by `timeout-minutes` of the step or of the composite action
 * around it, by a `cancel` step, by a cancellation after which the condition no longer holds, and by a
 * shutdown of the runner.
 */
export async function interruptible(
  step: Step,
  ready: ReadyStep,
  body: (abort: AbortSignal) => Promise<Ending>
): Promise<Ending> {
  const { job, frame, parent } = step
  const controller = new AbortController()
  const follow = (): void => {
    // Embedded steps inherit the time limit only (ExecutionContext.cs): after a cancellation, the
    // condition of each one decides.
    if (isBackground(step) || parent.reason === 'timeout') controller.abort(parent.reason)
  }
  const minutes = timeoutOf(step)
  const timeOut = (): void => controller.abort('timeout')
  const timer = minutes > 0 ? setTimeout(timeOut, minutes * 60_000) : undefined
  if (timer) job.timeLimits.add(timeOut)
  const stop = (): void => {
    // What success() is about in a composite action (CompositeActionHandler.cs).
    if (frame.composite !== undefined) ready.github['action_status'] = 'cancelled'
    // A cancellation ends a background step whatever its condition (BackgroundStepCoordinator.cs).
    if (isBackground(step) || !holds(ready.isWanted)) controller.abort('cancelled')
  }
  job.running.add(stop)
  parent.addEventListener('abort', follow)
  if (parent.aborted) follow()
  try {
    await job.options.onStep?.({ job: job.key, step: step.name, stage: step.stage })
    const hasStarted = !controller.signal.aborted
    const ending = hasStarted ? await body(controller.signal) : { outcome: 'skipped' as const }
    // A step without a process ends as its embedded steps did.
    if (!controller.signal.aborted || (hasStarted && ending.result === undefined)) return ending
    const isTimeout = controller.signal.reason === 'timeout'
    if (isTimeout) note(step, 'error', timeoutMessage(step, minutes))
    else if (!isBackground(step)) note(step, 'error', 'The operation was canceled.')
    return { ...ending, outcome: isTimeout ? 'failure' : 'cancelled' }
  } finally {
    clearTimeout(timer)
    job.timeLimits.delete(timeOut)
    job.running.delete(stop)
    parent.removeEventListener('abort', follow)
  }
}

function timeoutMessage(step: Step, minutes: number): string {
  if (step.frame.composite !== undefined) return 'The action has timed out.'
  const kind = isBackground(step) ? 'background step' : 'action'
  return `The ${kind} '${step.name}' has timed out after ${minutes} minutes.`
}
