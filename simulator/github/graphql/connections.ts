import { type Args, type Context, type Fields, failure } from './context.ts'

const MAX_PAGE = 100

type Key = number | string

export interface List<Item> {
  /** The name of the field, for messages. */
  name: string
  items: readonly Item[]
  keyOf(item: Item): Key
  isDescending: boolean
  shape(item: Item): Fields
}

/** One page of a list, in the shape of GitHub's connections. */
export function connection<Item>(context: Context, args: Args, list: List<Item>): Fields {
  const { first, last } = readBounds(context, args, list.name)
  const sorted = [...list.items].sort((a, b) => compare(list, list.keyOf(a), list.keyOf(b)))
  const after = readCursor(args['after'])
  const before = readCursor(args['before'])
  // Cursors hold keys, not positions, so that deleting earlier items does not move a page.
  const between = sorted.filter(
    item =>
      (after === undefined || compare(list, list.keyOf(item), after) > 0) &&
      (before === undefined || compare(list, list.keyOf(item), before) < 0)
  )
  const page = last === undefined ? between.slice(0, first) : between.slice(-last)
  const cursors = page.map(item => writeCursor(list.keyOf(item)))
  const nodes = page.map(list.shape)
  return {
    totalCount: list.items.length,
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: cursors[index] })),
    pageInfo: {
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
      hasNextPage: last === undefined && page.length < between.length,
      hasPreviousPage: last !== undefined && page.length < between.length
    }
  }
}

function compare<Item>({ isDescending }: List<Item>, a: Key, b: Key): number {
  if (a === b) return 0
  return a < b === isDescending ? 1 : -1
}

function readBounds(context: Context, args: Args, name: string): { first?: number; last?: number } {
  const bounds = (['first', 'last'] as const).filter(each => typeof args[each] === 'number')
  if (bounds.length === 0) {
    const message = `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`
    throw reported(context, 'MISSING_PAGINATION_BOUNDARIES', message)
  }
  for (const bound of bounds) {
    const count = Number(args[bound])
    if (count > MAX_PAGE) {
      const message = `Requesting ${count} records on the \`${name}\` connection exceeds the \`${bound}\` limit of ${MAX_PAGE} records.`
      throw reported(context, 'EXCESSIVE_PAGINATION', message)
    }
    if (count < 1) {
      const message = `\`${bound}\` on the \`${name}\` connection cannot be less than 1.`
      throw reported(context, 'ARGUMENT_LIMIT', message)
    }
  }
  return Object.fromEntries(bounds.map(each => [each, Number(args[each])]))
}

function reported(context: Context, type: string, message: string): Error {
  context.report(message)
  return failure(type, message)
}

const writeCursor = (key: Key): string => Buffer.from(`cursor:v2:${JSON.stringify(key)}`).toString('base64')

function readCursor(cursor: unknown): Key | undefined {
  if (typeof cursor !== 'string') return undefined
  const key = /^cursor:v2:(.+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1]
  if (key === undefined) {
    throw failure('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`)
  }
  return JSON.parse(key)
}
