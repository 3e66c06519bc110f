import { get, getId, isJsonObject } from '../lib/json.ts'
import { type State, UNFINISHED_STATES } from './deployment.ts'

/** A state, and when it began. `open`: in which of the unfinished ones a deployment was is not known. */
export interface Entered {
  readonly state: State | 'open'
  /** Milliseconds since 1970. */
  readonly at: number
}

// A start posts two at most; a record that says more is none of ours.
const MAX_ENTERED = 4

/** Reads the states that `start` has posted. Only our own words come through. */
export function readEntered(value: unknown): readonly Entered[] {
  if (!Array.isArray(value) || value.length > MAX_ENTERED) return []
  return value.filter(isJsonObject).flatMap(one => {
    const state = UNFINISHED_STATES.find(name => name === get(one, 'state'))
    const time = getId(one, 'at')
    return state === undefined || time === undefined ? [] : [{ state, at: time }]
  })
}

/** A span of time as a person says it. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  if (hours > 0) return `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`
}

/** How long each state lasted, in words: the same as the diagram, for where that is not drawn. */
export const spans = (entered: readonly Entered[], end: number): string =>
  entered
    .map(
      ({ state, at: from }, index) => `${duration((entered[index + 1]?.at ?? end) - from)} ${state}`
    )
    .join(', ')

const MIN_DRAWN_MS = 2_000
// The axis tells hours and minutes, not days.
const MAX_DRAWN_MS = 24 * 3_600_000

/**
 * The states as a Mermaid diagram, where there is something to see. It holds our own words and numbers and
 * nothing else: Mermaid's language has no way to quote a stranger's text that is safe in every version.
 */
export function diagram(entered: readonly Entered[], final: Entered): string {
  const began = entered[0]?.at ?? final.at
  const length = final.at - began
  if (length < MIN_DRAWN_MS || length >= MAX_DRAWN_MS) return ''
  const bars = entered.map(({ state, at: from }, index) => {
    const to = entered[index + 1]?.at ?? final.at
    const tag = index === entered.length - 1 ? 'active' : 'done'
    return `  ${state}, ${duration(to - from)} :${tag}, ${moment(from - began)}, ${moment(to - began)}`
  })
  const isBad = final.state === 'failure' || final.state === 'error'
  return [
    '```mermaid',
    'gantt',
    '  accTitle: States of the deployment',
    `  accDescr: ${spans(entered, final.at)}, then ${final.state}`,
    '  dateFormat YYYY-MM-DD HH:mm:ss',
    `  axisFormat ${length < 3_600_000 ? '%M:%S' : '%H:%M'}`,
    '  todayMarker off',
    ...bars,
    `  ${final.state} :${isBad ? 'crit, ' : ''}milestone, ${moment(length)}, 0s`,
    '```'
  ].join('\n')
}

/** A time since the beginning as one of a day, which Mermaid reads and writes in the reader's own zone. */
const moment = (milliseconds: number): string =>
  new Date(Math.max(0, Math.round(milliseconds / 1000)) * 1000)
    .toISOString()
    .replace(/^.+T(.+)\.000Z$/, '2000-01-01 $1')
