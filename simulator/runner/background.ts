import { setTimeout as delay } from 'node:timers/promises'
import { RUNNER_TIMINGS } from './child-process.ts'
import type { Job } from './job-state.ts'
import { Slots } from './slots.ts'
import { execute, prepare, report } from './step.ts'
import type { StepFile } from './step-file.ts'
import type { Body, Step } from './step-types.ts'
import type { Conclusion, StepResult } from './types.ts'

/** The runner's limit (BackgroundStepCoordinator.cs). */
const MAX_RUNNING = 10

interface BackgroundStep {
  step: Step
  stop: AbortController
  /** The changes to the job that its wait applies. */
  deferred: (() => void)[]
  ended: Promise<void>
  result: StepResult | undefined
  isApplied: boolean
  isCanceled: boolean
}

/**
 * The background steps of a job, after the runner's BackgroundStepCoordinator.cs: outputs, environment,
 * outcome and failure of a step reach the job when the job has waited for it.
 */
export class BackgroundSteps {
  readonly #job: Job
  readonly #steps = new Map<StepFile, BackgroundStep>()
  readonly #slots = new Slots(MAX_RUNNING)

  constructor(job: Job) {
    this.#job = job
  }

  /** Starts a step. A step that is skipped, or whose condition is invalid, ends here. */
  start(step: Step, body: Body): void {
    const ready = prepare(step)
    if ('outcome' in ready) {
      report(step, ready)
      return
    }
    const stop = new AbortController()
    const deferred: (() => void)[] = []
    const results: StepResult[] = []
    const own = { ...step, parent: stop.signal, deferred, results }
    const running = execute(own, ready, execution =>
      this.#slots.run(async () => (execution.abort.aborted ? { outcome: 'cancelled' } : body(execution)))
    )
    const entry: BackgroundStep = {
      ...{ step, stop, deferred, result: undefined, isApplied: false, isCanceled: false },
      ended: running.then(result => {
        if (entry.result !== undefined) return // The runner no longer waits for it.
        entry.result = result
        step.results.push(...results)
      })
    }
    this.#steps.set(step.file, entry)
  }

  /** Waits for steps and applies their changes. Returns the worst of their conclusions. */
  async wait(targets: readonly StepFile[]): Promise<Conclusion> {
    const entries = this.#entriesOf(targets)
    await Promise.all(entries.map(each => each.ended))
    return this.#apply(entries)
  }

  /** Waits for all steps that nothing has waited for yet. */
  waitForAll(): Promise<Conclusion> {
    const open = [...this.#steps].filter(([, entry]) => !entry.isApplied)
    return this.wait(open.map(([file]) => file))
  }

  /**
   * Interrupts steps and waits for them, but not longer than until SIGTERM. A process that ignores
   * SIGINT keeps running: its state and outputs are lost.
   */
  async cancel(targets: readonly StepFile[]): Promise<void> {
    const entries = this.#entriesOf(targets)
    for (const entry of entries) {
      entry.isCanceled = true
      entry.stop.abort('cancelled')
    }
    const { interruptMs } = this.#job.options.signalTimings ?? RUNNER_TIMINGS
    const timer = new AbortController()
    await Promise.race([
      Promise.all(entries.map(each => each.ended)),
      delay(interruptMs, undefined, { signal: timer.signal }).catch(() => {})
    ])
    timer.abort()
    for (const entry of entries) {
      const { step, deferred } = entry
      entry.result ??= report({ ...step, deferred }, { outcome: 'cancelled' })
    }
    this.#apply(entries)
  }

  /** Waits for the remaining steps. A failed step fails the job even if its wait tolerated the failure. */
  async finish(): Promise<void> {
    await this.waitForAll()
    const hasFailed = [...this.#steps.values()].some(each => each.result?.conclusion === 'failure')
    if (hasFailed && this.#job.status === 'success') this.#job.status = 'failure'
  }

  /** Resolves when no process of a background step runs any more. */
  async ended(): Promise<void> {
    await Promise.all([...this.#steps.values()].map(each => each.ended))
  }

  #entriesOf(targets: readonly StepFile[]): BackgroundStep[] {
    return targets.flatMap(file => this.#steps.get(file) ?? [])
  }

  #apply(entries: readonly BackgroundStep[]): Conclusion {
    for (const entry of entries.filter(each => !each.isApplied)) {
      entry.isApplied = true
      for (const change of entry.deferred) change()
    }
    const conclusions = entries.map(each => each.result?.conclusion)
    return (['cancelled', 'failure'] as const).find(each => conclusions.includes(each)) ?? 'success'
  }
}
