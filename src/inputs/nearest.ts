// Longer than any name that is allowed: a value beyond it is no slip of the keyboard.
const MAX_CHARS = 64

/** The choice that a misspelt value is near to: a few slips away, or alike in more than its first half. */
export function nearest(value: string, choices: readonly string[]): string | undefined {
  if (value.length > MAX_CHARS) return undefined
  const given = value.toLowerCase()
  const [best] = choices
    .map(choice => ({ choice, slips: slipsBetween(given, choice) }))
    .filter(({ choice, slips }) => slips <= bearable(given, choice) || isAlike(given, choice))
    .sort((one, other) => one.slips - other.slips)
  return best?.choice
}

/** One for short words, where two would make nearly any word of any other. */
const bearable = (one: string, other: string): number =>
  Math.max(1, Math.floor(Math.max(one.length, other.length) / 3))

/** Other endings are no slips: `failed` for `failure`, `deploy` for `deployments`. */
function isAlike(one: string, other: string): boolean {
  let common = 0
  while (common < one.length && one[common] === other[common]) common += 1
  return common > Math.max(one.length, other.length) / 2
}

/** How many letters were left out, put in, mistaken, or swapped with the next one. */
function slipsBetween(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= one.length; row++) {
    const [above = [], twoAbove = []] = [rows[row - 1], rows[row - 2]]
    const line = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      line.push(
        Math.min(
          (above[column] ?? 0) + 1,
          (line[column - 1] ?? 0) + 1,
          (above[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped && row > 1 && column > 1 ? (twoAbove[column - 2] ?? 0) + 1 : Infinity
        )
      )
    }
    rows.push(line)
  }
  return rows[one.length]?.[other.length] ?? 0
}
