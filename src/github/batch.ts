import { ActionError } from '../errors.ts'
import { at, type Fields, isFields, textAt } from '../parse.ts'
import type { Client } from './client.ts'
import { explain } from './explain.ts'
import { GitHubFailure, toFailure } from './failure.ts'
import { graphqlMessage } from './history.ts'
import { judge } from './judgement.ts'
import { isGraphqlRefused, type Repository } from './list.ts'
import type { Pace } from './pace.ts'

// GitHub runs the writes of a document one after the other, and cuts a request after 10 s.
const BATCH_SIZE = 20
// What GraphQL says of a write that it did not do; after anything else nobody knows.
const NOT_DONE = ['NOT_FOUND', 'FORBIDDEN', 'UNPROCESSABLE', 'INSUFFICIENT_SCOPES']

/** A deployment by both its names; without GraphQL's the REST API is used. */
export interface Node {
  readonly id: number
  readonly nodeId: string
}

/** What came of one write: done where there is no error. */
export interface Written {
  readonly id: number
  readonly error: ActionError | undefined
}

/** How one kind of write is said in GraphQL, known again afterwards, and done by REST. */
export interface Writes<Item extends Node> {
  /** Completes "Could not …" for so many. */
  readonly doing: (count: number) => string
  /** The document's own name, for whoever reads GitHub's log. */
  readonly name: string
  readonly mutation: string
  readonly inputType: string
  input(item: Item): Fields
  /** Whether it is done, by what GitHub shows of the deployment; `undefined` where twice does no harm. */
  readonly isDone: ((item: Item, shown: unknown) => boolean) | undefined
  /** By itself, by REST. `isDoubtful`: it may have been done, so that it is looked for first. */
  alone(item: Item, isDoubtful: boolean): Promise<unknown>
}

export interface Batches {
  readonly client: Client
  readonly target: Repository
  readonly pace: Pace
  /** GraphQL has done none of a whole document: all goes by REST from then on. */
  areRefused: boolean
}

/**
 * Writes to many deployments, up to 20 in one GraphQL document; what failed in it is repeated alone by
 * REST, and where GraphQL cannot be used all goes by REST. Ends when its reader does.
 */
export async function* writeAll<Item extends Node>(
  batches: Batches,
  writes: Writes<Item>,
  items: readonly Item[]
): AsyncGenerator<readonly Written[]> {
  for (let from = 0; from < items.length; from += BATCH_SIZE) {
    const open = new Map(items.slice(from, from + BATCH_SIZE).map(item => [item.id, item]))
    const doubtful = new Set<number>()
    if (isForGraphql(batches, open)) yield await asDocument(batches, writes, open, doubtful)
    // Where the document got no answer, GitHub may be in trouble: then the first failure is that of all.
    const isShaken = open.size > 0 && doubtful.size === open.size
    let common: ActionError | undefined
    for (const item of open.values()) {
      if (!common) await batches.pace.alone()
      const error = common ?? (await errorOf(writes.alone(item, doubtful.has(item.id))))
      if (isShaken && error && !isRejection(error)) common = error
      yield [{ id: item.id, error }]
    }
  }
}

const isForGraphql = ({ target, areRefused }: Batches, open: ReadonlyMap<number, Node>): boolean =>
  target.graphqlUrl !== undefined &&
  !areRefused &&
  // One alone is looked for better by REST.
  open.size > 1 &&
  [...open.values()].every(({ nodeId }) => nodeId !== '')

const isRejection = ({ cause }: ActionError): boolean =>
  judge(toFailure(cause), 0).kind === 'rejected'

async function errorOf(work: Promise<unknown>): Promise<ActionError | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (error instanceof ActionError) return error
    throw error
  }
}

/** Sends what is open as one document, and takes out of `open` what came of it. */
async function asDocument<Item extends Node>(
  batches: Batches,
  writes: Writes<Item>,
  open: Map<number, Item>,
  doubtful: Set<number>
): Promise<readonly Written[]> {
  const { client, target, pace } = batches
  const { isDone } = writes
  const route = `POST ${target.graphqlUrl}`
  const count = open.size
  const done: Written[] = []
  const settle = (id: number) => {
    open.delete(id)
    done.push({ id, error: undefined })
  }
  await pace.document()
  try {
    const refusal = await client.send({
      route,
      // After that each goes alone: a document that is too slow for GitHub stays so.
      attempts: 2,
      parameters: () => documentOf(writes, [...open.values()]),
      read: (data, status, headers) => {
        const errors = at(data, 'errors')
        const said = Array.isArray(errors) ? errors : []
        if (!isFields(at(data, 'data'))) {
          if (said.length === 0) return undefined
          throw new GitHubFailure(graphqlMessage(said), { status, headers, data, isFinal: true })
        }
        for (const id of [...open.keys()]) {
          if (isFields(at(data, 'data', alias(id)))) settle(id)
          else if (isDoubtful(said, id)) doubtful.add(id)
        }
        return { message: graphqlMessage(said) }
      },
      repeat: isDone
        ? {
            async look(until) {
              const shown = await look(client, route, [...open.values()], until)
              for (const [item, node] of shown) if (isDone(item, node)) settle(item.id)
              return open.size === 0 ? { message: '' } : undefined
            }
          }
        : 'again'
    })
    if (open.size === count) leaveGraphql(batches, refusal.message)
  } catch (error) {
    const failure = toFailure(error)
    if (judge(failure, 0).kind === 'ambiguous') {
      for (const id of open.keys()) doubtful.add(id)
    } else if (isGraphqlRefused(failure)) {
      leaveGraphql(batches, failure.message)
    } else {
      const explained = explain(failure, writes.doing(count), target.repository)
      for (const id of open.keys()) done.push({ id, error: explained })
      open.clear()
    }
  }
  return done
}

function leaveGraphql(batches: Batches, message: string): void {
  batches.areRefused = true
  batches.target.note(`GraphQL cannot write here (${message}), so all is written by REST.`)
}

const alias = (id: number): string => `d${id}`

function documentOf<Item extends Node>(writes: Writes<Item>, items: readonly Item[]): Fields {
  const { name, mutation, inputType } = writes
  const declared = items.map(({ id }) => `$${alias(id)}: ${inputType}!`).join(', ')
  const sent = items.map(
    ({ id }) => `  ${alias(id)}: ${mutation}(input: $${alias(id)}) { clientMutationId }`
  )
  return {
    query: `mutation ${name}(${declared}) {\n${sent.join('\n')}\n}`,
    variables: Object.fromEntries(items.map(item => [alias(item.id), writes.input(item)]))
  }
}

function isDoubtful(errors: readonly unknown[], id: number): boolean {
  const own = errors.find(error => {
    const path = at(error, 'path')
    return Array.isArray(path) && path[0] === alias(id)
  })
  return !NOT_DONE.includes(textAt(own, 'type'))
}

const LOOK = `query Look($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Deployment { id latestStatus { state description logUrl } } }
}`

/** What GitHub shows of each deployment. */
function look<Item extends Node>(
  client: Client,
  route: string,
  items: readonly Item[],
  until: number
): Promise<(readonly [Item, unknown])[]> {
  return client.send({
    route,
    parameters: { query: LOOK, variables: { ids: items.map(({ nodeId }) => nodeId) } },
    repeat: 'once',
    until,
    read: data => {
      const nodes = at(data, 'data', 'nodes')
      if (!Array.isArray(nodes) || nodes.length !== items.length) return undefined
      return items.map((item, index): readonly [Item, unknown] => [item, nodes[index]])
    }
  })
}
