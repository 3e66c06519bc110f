import { FAULTS } from '../../simulator/github/index.ts'
import { type Outcome, play, type Strike, startElsewhere, targetsOf } from './fault-cell.ts'
import { type Expected, type Judgment, judge } from './fault-judge.ts'
import { expectedFor, KINDS, type KindTrial } from './fault-kinds.ts'
import type { Flow } from './flow.ts'
import { failureOf } from './results.ts'

export interface Cell {
  /** The table of the page, and for `kinds` its row. */
  readonly table: 'once' | 'outage' | 'kinds'
  readonly kind: string
  readonly judgment: Judgment
}

/** The counts of some cells. */
export interface Row {
  readonly name: string
  readonly cells: number
  readonly recovered: number
  readonly rejected: number
  readonly duplicates: number
  readonly orphans: number
  readonly falseGreens: number
  readonly falseReds: number
  readonly hung: number
  readonly early: number
  readonly worstSeconds: number
}

export interface FlowResult {
  readonly flow: string
  readonly cells: readonly Cell[]
  readonly wrong: readonly string[]
}

/** Faults that do not pass: one of each way to give no answer. */
const OUTAGES = [
  '500',
  'reset',
  'refused connection',
  'hang',
  '502 after it was done',
  'reset after it was done',
  'hang after it was done',
  'another shape after it was done',
  '429'
]

interface TableTrial extends KindTrial {
  readonly table: Cell['table']
  readonly kind: string
}

/**
 * Every fault at every request of a flow: each once, some of them from there on to the end, and the other kinds.
 * `isChosen` selects cells by their number.
 */
export async function tryFlow(flow: Flow, isChosen: (number: number) => boolean = () => true): Promise<FlowResult> {
  const elsewhere = await startElsewhere()
  try {
    const dry = await play(flow)
    const isAsWanted = dry.shown.join('\n') === flow.wanted.join('\n')
    if (!isAsWanted || failureOf(dry.stage) !== undefined || dry.problems.length > 0) {
      const told = [failureOf(dry.stage) ?? '', ...dry.problems, ...dry.shown]
      throw new Error(`${flow.name} fails without any fault: ${told.join('\n')}`)
    }
    const cells: Cell[] = []
    const wrong: string[] = []
    for (const trial of trialsOf(flow, dry, elsewhere.origin).filter((_, number) => isChosen(number))) {
      const judgment = await tryCell(flow, dry, trial)
      if (!judgment) continue
      cells.push({ ...trial, judgment })
      if (judgment.wrong.length > 0) wrong.push([`${flow.name}: ${trial.name}`, ...judgment.wrong].join('\n  '))
    }
    if (elsewhere.count() > 0) wrong.push(`${flow.name}: a request went to another server`)
    return { flow: flow.name, cells, wrong }
  } finally {
    elsewhere.close()
  }
}

function trialsOf(flow: Flow, dry: Outcome, elsewhere: string): TableTrial[] {
  const targets = targetsOf(dry)
  const trialOf = (strike: Strike) => ({
    name: `${strike.fault.name} at ${strike.target.number}, ${strike.target.operation}`,
    ...expectedFor(flow, strike),
    strike
  })
  const single = FAULTS.flatMap(fault =>
    (['once', 'on'] as const)
      .filter(reach => reach === 'once' || OUTAGES.includes(fault.name))
      .flatMap(reach =>
        targets.map(target => ({
          ...trialOf({ fault, target, reach, elsewhere }),
          ...{ table: reach === 'once' ? ('once' as const) : ('outage' as const), kind: flow.name }
        }))
      )
  )
  const others = KINDS.flatMap(kind =>
    kind.trials(flow, dry, elsewhere).map(trial => ({ ...trial, table: 'kinds' as const, kind: kind.name }))
  )
  return [...single, ...others]
}

/** `undefined` if the fault cannot be met. */
async function tryCell(flow: Flow, dry: Outcome, trial: KindTrial): Promise<Judgment | undefined> {
  try {
    const outcome = await play(flow, trial.strike, trial.conditions)
    const isMissed = trial.strike !== undefined && outcome.hits === 0
    // A port cannot be closed between two requests that are sent in parallel.
    if (isMissed && trial.strike?.fault.answer === 'refused') return undefined
    const judgment = judge(flow, trial, dry, outcome)
    return isMissed ? { ...judgment, wrong: ['the fault was never met', ...judgment.wrong] } : judgment
  } catch (error) {
    return hung(trial.expected, error)
  }
}

const hung = (expected: Expected, error: unknown): Judgment => ({
  ...{ expected, isReported: false, duplicates: 0, orphans: 0 },
  ...{ isFalseGreen: false, isFalseRed: false, isHung: true, isEarly: false },
  milliseconds: 0,
  wrong: [error instanceof Error ? error.message : String(error)]
})

/** Counts cells. */
export function countOf(name: string, cells: readonly Cell[]): Row {
  const judgments = cells.map(cell => cell.judgment)
  const isRight = (judgment: Judgment) => judgment.wrong.length === 0
  const count = (isCounted: (judgment: Judgment) => boolean) => judgments.filter(isCounted).length
  const sum = (value: (judgment: Judgment) => number) =>
    judgments.reduce((total, judgment) => total + value(judgment), 0)
  return {
    name,
    cells: cells.length,
    recovered: count(one => isRight(one) && !one.isReported),
    rejected: count(one => isRight(one) && one.isReported),
    duplicates: sum(one => one.duplicates),
    orphans: sum(one => one.orphans),
    falseGreens: count(one => one.isFalseGreen),
    falseReds: count(one => one.isFalseRed),
    hung: count(one => one.isHung),
    early: count(one => one.isEarly),
    worstSeconds: Math.ceil(Math.max(0, ...judgments.map(one => one.milliseconds)) / 1000)
  }
}
