import { isDeepStrictEqual } from 'node:util'

type Combination = Record<string, unknown>

const isList = (value: unknown): value is Combination[] => Array.isArray(value)

/** The combinations of an evaluated `strategy.matrix`, with `exclude` and `include`. */
export function matrixCombinations(matrix: unknown): Combination[] {
  if (typeof matrix !== 'object' || matrix === null) return [{}]
  const { include, exclude, ...lists } = matrix as Record<string, unknown>
  let all: Combination[] = [{}]
  for (const [name, values] of Object.entries(lists)) {
    const list = Array.isArray(values) ? values : [values]
    all = all.flatMap(combination => list.map(value => ({ ...combination, [name]: value })))
  }
  if (Object.keys(lists).length === 0) all = []
  if (isList(exclude)) all = all.filter(combination => !exclude.some(each => agrees(combination, each)))
  const originals = new Map(all.map(combination => [combination, { ...combination }]))
  for (const extra of isList(include) ? include : []) {
    // An entry extends each combination whose own values it doesn't change. If there is none, it is a
    // separate combination.
    const joined = [...originals].filter(([, original]) =>
      Object.entries(extra).every(
        ([name, value]) => !Object.hasOwn(original, name) || isDeepStrictEqual(original[name], value)
      )
    )
    for (const [combination] of joined) Object.assign(combination, extra)
    if (joined.length === 0) all.push({ ...extra })
  }
  return all
}

const agrees = (combination: Combination, pattern: Combination): boolean =>
  Object.entries(pattern).every(([name, value]) => isDeepStrictEqual(combination[name], value))

/** The name of a job with its matrix values: `build (ubuntu, 20)`. */
export function jobName(job: string, combination: Combination): string {
  const scalars = Object.values(combination).flatMap(flatten)
  return scalars.length === 0 ? job : `${job} (${scalars.join(', ')})`
}

const flatten = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(flatten) : [value]
