import { FAULTS, type Fault } from '../../simulator/github/index.ts'
import { type Outcome, play, startElsewhere, targetsOf } from './fault-cell.ts'
import { type Judgment, judge } from './fault-judge.ts'
import type { Flow } from './flow.ts'

export interface Cell {
  readonly fault: string
  readonly target: string
  readonly isOutage: boolean
  readonly judgment: Judgment
}

/** What is counted of some cells. */
export interface Row {
  readonly flow: string
  readonly requests: number
  readonly cells: number
  readonly recovered: number
  readonly rejected: number
  readonly duplicates: number
  readonly orphans: number
  readonly falseGreens: number
  readonly falseReds: number
  readonly worstSeconds: number
}

export interface FlowResult {
  readonly once: Row
  readonly outage: Row
  readonly wrong: readonly string[]
}

/** Trouble that does not pass: one of each way to give no answer. */
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

/** Every fault at every request of a flow: each once, and some of them from there on to the end. */
export async function tryFlow(flow: Flow): Promise<FlowResult> {
  const elsewhere = await startElsewhere()
  try {
    const dry = await play(flow)
    const isAsWanted = dry.shown.join('\n') === flow.wanted.join('\n')
    if (!isAsWanted || dry.stage.failure !== undefined || dry.problems.length > 0) {
      const told = [dry.stage.failure ?? '', ...dry.problems, ...dry.shown]
      throw new Error(`${flow.name} fails without any fault: ${told.join('\n')}`)
    }
    const cells: Cell[] = []
    for (const fault of FAULTS) {
      for (const isOutage of OUTAGES.includes(fault.name) ? [false, true] : [false]) {
        cells.push(...(await tryFault(flow, dry, fault, isOutage, elsewhere.origin)))
      }
    }
    const wrong = cells
      .filter(({ judgment }) => judgment.wrong.length > 0)
      .map(({ fault, target, isOutage, judgment }) =>
        [`${flow.name}: ${fault} at ${target}${isOutage ? ' and on' : ''}`, ...judgment.wrong].join('\n  ')
      )
    if (elsewhere.count() > 0) wrong.push(`${flow.name}: a request went to another server`)
    const row = (isOutage: boolean) =>
      countOf(
        flow.name,
        dry.requests.length,
        cells.filter(cell => cell.isOutage === isOutage)
      )
    return { once: row(false), outage: row(true), wrong }
  } finally {
    elsewhere.close()
  }
}

async function tryFault(flow: Flow, dry: Outcome, fault: Fault, isOutage: boolean, elsewhere: string): Promise<Cell[]> {
  const cells: Cell[] = []
  for (const target of targetsOf(dry)) {
    const strike = { fault, target, isOutage, elsewhere }
    const outcome = await play(flow, strike)
    // A port cannot be closed between two requests that are sent side by side.
    if (outcome.hits === 0 && fault.answer === 'refused') continue
    const judgment = judge(flow, strike, dry, outcome)
    const missed = outcome.hits === 0 ? ['the fault was never met'] : []
    cells.push({
      fault: fault.name,
      target: `${target.number}, ${target.operation}`,
      isOutage,
      judgment: { ...judgment, wrong: [...missed, ...judgment.wrong] }
    })
  }
  return cells
}

function countOf(flow: string, requests: number, cells: readonly Cell[]): Row {
  const judgments = cells.map(cell => cell.judgment)
  const isRight = (judgment: Judgment) => judgment.wrong.length === 0
  const sum = (value: (judgment: Judgment) => number) =>
    judgments.reduce((total, judgment) => total + value(judgment), 0)
  return {
    flow,
    requests,
    cells: cells.length,
    recovered: judgments.filter(one => isRight(one) && one.expected !== 'rejected').length,
    rejected: judgments.filter(one => isRight(one) && one.expected === 'rejected').length,
    duplicates: sum(one => one.duplicates),
    orphans: sum(one => one.orphans),
    falseGreens: judgments.filter(one => one.isFalseGreen).length,
    falseReds: judgments.filter(one => one.isFalseRed).length,
    worstSeconds: Math.ceil(Math.max(0, ...judgments.map(one => one.milliseconds)) / 1000)
  }
}
