import { TemplateError } from './expressions.ts'

type Values = Record<string, unknown>

/** A step as it is written in a workflow or in a composite action. */
export interface StepFile {
  id?: string
  name?: string
  if?: unknown
  run?: string
  uses?: string
  with?: Values
  env?: Values
  shell?: string
  'working-directory'?: string
  'timeout-minutes'?: unknown
  'continue-on-error'?: unknown
  background?: unknown
  /** The ids of background steps. */
  wait?: string | string[]
  /** Only the presence of the key counts. */
  'wait-all'?: unknown
  /** The id of a background step. */
  cancel?: string
  parallel?: StepFile[]
}

/** One entry of the list that a job runs. */
export type PlannedStep =
  | { kind: 'step'; file: StepFile }
  | { kind: 'background'; file: StepFile }
  | { kind: 'wait' | 'cancel'; file: StepFile; name: string; targets: StepFile[] }
  | { kind: 'wait-all'; file: StepFile; name: string }

/**
 * Converts the steps of a job to the list that the runner runs. A `parallel` group becomes
 * background steps and a wait; if a background step has no `wait` or `cancel`, the runner
 * adds a step that waits for all.
 * @throws {TemplateError} for what GitHub rejects
 */
export function planSteps(steps: readonly StepFile[]): PlannedStep[] {
  const plan: PlannedStep[] = []
  const uncovered = new Set<StepFile>()
  const named = new Map<string, StepFile>()
  const targetsOf = (key: string, ids: string[]): StepFile[] =>
    ids.map(id => {
      const target = named.get(id)
      if (target === undefined) {
        throw new TemplateError(`${key}: no background step '${id}' comes before it`)
      }
      uncovered.delete(target)
      return target
    })
  const start = (file: StepFile): void => {
    plan.push({ kind: 'background', file })
    uncovered.add(file)
    if (file.id !== undefined) named.set(file.id, file)
  }
  for (const file of steps) {
    const name = file.name ?? ''
    if (isControl(file) && file.if !== undefined) {
      throw new TemplateError("Unexpected value 'if'") // Control steps always run.
    }
    if (file.parallel !== undefined) {
      for (const each of file.parallel) start(each)
      plan.push({
        kind: 'wait',
        file: {},
        name: name || 'Wait for parallel steps',
        targets: file.parallel
      })
      for (const each of file.parallel) uncovered.delete(each)
    } else if (file.wait !== undefined) {
      const ids = [file.wait].flat()
      const targets = targetsOf('wait', ids)
      plan.push({ kind: 'wait', file, name: name || `Wait for ${ids.join(', ')}`, targets })
    } else if ('wait-all' in file) {
      plan.push({ kind: 'wait-all', file, name: name || 'Wait for all' })
      uncovered.clear()
    } else if (file.cancel !== undefined) {
      const targets = targetsOf('cancel', [file.cancel])
      plan.push({ kind: 'cancel', file, name: name || `Cancel ${file.cancel}`, targets })
    } else if (file.background === true) {
      start(file)
    } else {
      plan.push({ kind: 'step', file })
    }
  }
  if (uncovered.size > 0) {
    plan.push({ kind: 'wait-all', file: {}, name: 'Wait for all background steps' })
  }
  return plan
}

/** Whether a step only controls background steps. */
export const isControl = (file: StepFile): boolean =>
  file.wait !== undefined || 'wait-all' in file || file.cancel !== undefined || file.parallel !== undefined
