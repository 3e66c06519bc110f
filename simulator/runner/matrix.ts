import { isDeepStrictEqual } from 'node:util'

type Leg = Record<string, unknown>

const isList = (value: unknown): value is Leg[] => Array.isArray(value)

/** All legs of an evaluated `strategy.matrix`: the product of its lists, `exclude`, `include`. */
export function matrixLegs(matrix: unknown): Leg[] {
  if (typeof matrix !== 'object' || matrix === null) return [{}]
  const { include, exclude, ...lists } = matrix as Record<string, unknown>
  let legs: Leg[] = [{}]
  for (const [name, values] of Object.entries(lists)) {
    const list = Array.isArray(values) ? values : [values]
    legs = legs.flatMap(leg => list.map(value => ({ ...leg, [name]: value })))
  }
  if (Object.keys(lists).length === 0) legs = []
  if (isList(exclude)) legs = legs.filter(leg => !exclude.some(each => agrees(leg, each)))
  const originals = new Map(legs.map(leg => [leg, { ...leg }]))
  for (const extra of isList(include) ? include : []) {
    // An extra joins every leg whose own values it does not change; else it is a leg of its own.
    const joined = [...originals].filter(([, original]) =>
      Object.entries(extra).every(
        ([name, value]) =>
          !Object.hasOwn(original, name) || isDeepStrictEqual(original[name], value)
      )
    )
    for (const [leg] of joined) Object.assign(leg, extra)
    if (joined.length === 0) legs.push({ ...extra })
  }
  return legs
}

const agrees = (leg: Leg, pattern: Leg): boolean =>
  Object.entries(pattern).every(([name, value]) => isDeepStrictEqual(leg[name], value))

/** `build (ubuntu, 20)`, or `build` without a matrix. */
export function legName(job: string, leg: Leg): string {
  const scalars = Object.values(leg).flatMap(flatten)
  return scalars.length === 0 ? job : `${job} (${scalars.join(', ')})`
}

const flatten = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(flatten) : [value]
