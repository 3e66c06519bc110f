import { ActionError } from '../lib/errors.ts'
import { get, isJsonObject } from '../lib/json.ts'
import { classify } from './classify-failure.ts'
import type { Client } from './client.ts'
import { explain } from './error-messages.ts'
import { GitHubFailure, toFailure } from './failure.ts'
import { graphqlMessage } from './graphql-list.ts'
import {
  alias,
  type DeploymentNode,
  documentOf,
  isDoubtful,
  readStates,
  type Writes
} from './mutation-document.ts'
import type { Pace } from './pace.ts'
import { isGraphqlRefused, type Repository } from './reads.ts'

// GitHub runs the writes of a document one after the other, and cuts a request after 10 s.
const BATCH_SIZE = 20

/** What came of one write: done where there is no error. */
export interface Written<Item extends DeploymentNode> {
  readonly item: Item
  readonly error: ActionError | undefined
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
export async function* writeAll<Item extends DeploymentNode>(
  batches: Batches,
  writes: Writes<Item>,
  items: readonly Item[]
): AsyncGenerator<readonly Written<Item>[]> {
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
      yield [{ item, error }]
    }
  }
}

const isForGraphql = (
  { target, areRefused }: Batches,
  open: ReadonlyMap<number, DeploymentNode>
): boolean =>
  target.graphqlUrl !== undefined &&
  !areRefused &&
  // One alone is looked for better by REST.
  open.size > 1 &&
  [...open.values()].every(({ nodeId }) => nodeId !== '')

const isRejection = ({ cause }: ActionError): boolean =>
  classify(toFailure(cause), 0).kind === 'rejected'

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
async function asDocument<Item extends DeploymentNode>(
  batches: Batches,
  writes: Writes<Item>,
  open: Map<number, Item>,
  doubtful: Set<number>
): Promise<readonly Written<Item>[]> {
  const { client, target, pace } = batches
  const { isDone } = writes
  const route = `POST ${target.graphqlUrl}`
  const count = open.size
  const done: Written<Item>[] = []
  let sent: readonly Item[] = []
  const settle = (item: Item) => {
    open.delete(item.id)
    done.push({ item, error: undefined })
  }
  await pace.document()
  try {
    const refusal = await client.send({
      operation: writes.operation(count),
      route,
      // After that each goes alone: a document that is too slow for GitHub stays so.
      attempts: 2,
      parameters: () => {
        sent = [...open.values()]
        return documentOf(writes, sent)
      },
      read: (data, status, headers) => {
        const errors = get(data, 'errors')
        const said = Array.isArray(errors) ? errors : []
        if (!isJsonObject(get(data, 'data'))) {
          if (said.length === 0) return undefined
          throw new GitHubFailure(graphqlMessage(said), { status, headers, data, isFinal: true })
        }
        for (const [index, item] of sent.entries()) {
          if (isJsonObject(get(data, 'data', alias(index)))) settle(item)
          else if (isDoubtful(said, index)) doubtful.add(item.id)
        }
        return { message: graphqlMessage(said) }
      },
      onUnknown: isDone
        ? {
            async look(until) {
              const shown = await readStates(client, route, [...open.values()], until)
              for (const [item, node] of shown) if (isDone(item, node)) settle(item)
              return open.size === 0 ? { message: '' } : undefined
            }
          }
        : 'again'
    })
    if (open.size === count) leaveGraphql(batches, refusal.message)
  } catch (error) {
    const failure = toFailure(error)
    if (classify(failure, 0).kind === 'ambiguous') {
      for (const id of open.keys()) doubtful.add(id)
    } else if (isGraphqlRefused(failure)) {
      leaveGraphql(batches, failure.message)
    } else {
      const explained = explain(failure, writes.operation(count), target.repository)
      for (const item of open.values()) done.push({ item, error: explained })
      open.clear()
    }
  }
  return done
}

function leaveGraphql(batches: Batches, message: string): void {
  batches.areRefused = true
  batches.target.note(`GraphQL cannot write here (${message}), so all is written by REST.`)
}
