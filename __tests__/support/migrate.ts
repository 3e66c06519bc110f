import type { InputRow, OtherAction, Pair, StepChange } from '../../scripts/migrating-guides.ts'
import { ACTION } from './story.ts'

/** Moves a workflow file over by the tables of docs/migrating, as a careful reader of the page would. */

type Inputs = Record<string, unknown>
export interface Step {
  name?: string
  id?: string
  if?: string
  uses?: string
  with?: Inputs
}
interface Job {
  steps: Step[]
  environment?: string | Inputs
  [key: string]: unknown
}
export interface Workflow {
  jobs: Record<string, Job>
  [key: string]: unknown
}

/** The tables by which a file is moved, and the defaults of action.yml, which are not written. */
export interface Rules {
  readonly actions: readonly OtherAction[]
  readonly defaults: Readonly<Record<string, string>>
}

const OWN_TOKEN = ['${{ github.token }}', '${{ secrets.GITHUB_TOKEN }}']

export const actionOf = (rules: Rules, step: Step): OtherAction | undefined =>
  rules.actions.find(action => step.uses?.startsWith(`${action.uses}@`))

/** The row of an input, by its present or its former name. */
export const rowOf = (action: OtherAction, name: string): InputRow | undefined =>
  action.inputs[name] ?? Object.values(action.inputs).find(row => row.was === name)

/** Our inputs for what a step gave to another action, by the action's table and the file's own changes. */
function translate(rules: Rules, action: OtherAction, given: Inputs, change?: StepChange): Inputs {
  const without = change?.without ?? {}
  const ours: Inputs = 'mode' in without ? {} : { ...action.gives }
  for (const [name, row] of Object.entries(action.inputs)) {
    const value = given[name] ?? (row.was === undefined ? undefined : given[row.was])
    if (name in without || !isGiven(given, row.where ?? {})) continue
    if (value !== undefined) {
      const meant = row.values?.[String(value)]
      Object.assign(ours, meant ?? (row.here === undefined ? {} : { [row.here]: value }))
    } else if (row.absent && isGiven(given, row.absent.where)) {
      Object.assign(ours, row.absent.gives)
    }
  }
  const needed = Object.entries({ ...ours, ...change?.with }).filter(([name, value]) => {
    const usual = rules.defaults[name]
    return name === 'token' ? !OWN_TOKEN.includes(String(value)) : String(value) !== usual
  })
  return Object.fromEntries(needed)
}

const isGiven = (given: Inputs, wanted: Readonly<Record<string, string>>): boolean =>
  Object.entries(wanted).every(([name, value]) => String(given[name] ?? '') === value)

/** `steps.<id>.outputs.<name>` of the other action in our names, wherever in the file. */
function renameOutputs(rules: Rules, before: Workflow): Workflow {
  const steps = Object.values(before.jobs).flatMap(job => job.steps)
  const text = JSON.stringify(before).replace(
    /\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g,
    (all, id: string, name: string) => {
      const step = steps.find(each => each.id === id)
      const here = step && actionOf(rules, step)?.outputs[name]?.here
      return here === undefined ? all : `steps.${id}.outputs.${here}`
    }
  )
  return JSON.parse(text) as Workflow
}

const stepOf = (inputs: Inputs, { id, if: condition }: Step = {}): Step => ({
  ...(id === undefined ? {} : { id }),
  ...(condition === undefined ? {} : { if: condition }),
  uses: ACTION,
  ...(Object.keys(inputs).length === 0 ? {} : { with: inputs })
})

/** The workflow that the page would have its reader write. */
export function migrate(rules: Rules, before: Workflow, pair: Pair): Workflow {
  const after = renameOutputs(rules, before)
  const key = rules.actions.find(action => action.isJobKey)
  for (const [id, job] of Object.entries(after.jobs)) {
    if (key !== undefined) moveKey(rules, key, job)
    job.steps = moveSteps(rules, job.steps, pair.steps ?? [])
    const change = pair.jobs?.[id]
    Object.assign(job, change?.with)
    for (const name of Object.keys(change?.without ?? {})) delete job[name]
  }
  return dropUnusedIds(after)
}

/** A job's `environment:` becomes a step behind the checkout. */
function moveKey(rules: Rules, key: OtherAction, job: Job): void {
  const { environment } = job
  if (environment === undefined) return
  const given = typeof environment === 'string' ? { name: environment } : environment
  const behind = job.steps.findLastIndex(step => step.uses?.startsWith('actions/checkout@'))
  job.steps.splice(behind + 1, 0, stepOf(translate(rules, key, given)))
}

function moveSteps(rules: Rules, steps: Step[], changes: readonly StepChange[]): Step[] {
  const kept = new Map<Step, Step>()
  for (const step of steps) {
    const action = actionOf(rules, step)
    const change = changes.find(each => each.step === step.name)
    const target = steps.find(each => change?.into !== undefined && each.name === change.into)
    if (action === undefined) kept.set(step, step)
    else {
      const inputs = translate(rules, action, step.with ?? {}, change)
      const moved = target && kept.get(target)
      if (moved === undefined) kept.set(step, stepOf(inputs, step))
      else moved.with = { ...moved.with, ...inputs }
    }
  }
  return [...kept.values()]
}

function dropUnusedIds(workflow: Workflow): Workflow {
  const text = JSON.stringify(workflow)
  for (const step of Object.values(workflow.jobs).flatMap(job => job.steps)) {
    if (step.uses === ACTION && !text.includes(`steps.${step.id}.`)) delete step.id
  }
  return workflow
}
