import type { Clock } from '../lib/clock.ts'
import { ActionError } from '../lib/errors.ts'
import { type DeploymentNode, documentCall, type Remaining, type Writes } from './bulk-writes.ts'
import { classify } from './classify-failure.ts'
import type { Client } from './client.ts'
import { explain } from './error-messages.ts'
import { toFailure } from './failure.ts'
import type { Repository } from './graphql-list.ts'

// GitHub runs the mutations of a document one after another, and ends a request after 10 s.
const BATCH_SIZE = 20
// GitHub asks for a second between many writes:
// https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
const BETWEEN_WRITES_MS = 1_000
// This many single writes are sent without a pause.
const FREE_WRITES = 10

/** The result of one write. It is done if there is no error. */
export interface Written<Item extends DeploymentNode> {
  readonly item: Item
  readonly error: ActionError | undefined
  /** The error is that the deployment does not exist any more. */
  readonly isGone: boolean
}

/** Waits until the next write may be sent. */
interface Pace {
  /** At least a second after the last one. */
  document(): Promise<void>
  /** The same once there have been many. */
  single(): Promise<void>
}

export interface Batches {
  readonly client: Client
  readonly repository: Repository
  readonly pace: Pace
}

export function paceOf(clock: Clock): Pace {
  let next = 0
  let count = 0
  const document = async () => {
    const waitMs = next - clock.now()
    if (waitMs > 0) await clock.sleep(waitMs)
    next = clock.now() + BETWEEN_WRITES_MS
  }
  return {
    document,
    async single() {
      count += 1
      if (count > FREE_WRITES) await document()
    }
  }
}

/**
 * Writes to many deployments, up to 20 in one GraphQL document. A write that fails inside its document is
 * sent alone by REST, whose errors say more (docs/design.md).
 */
export async function* writeAll<Item extends DeploymentNode>(
  batches: Batches,
  writes: Writes<Item>,
  items: readonly Item[]
): AsyncGenerator<readonly Written<Item>[]> {
  for (let from = 0; from < items.length; from += BATCH_SIZE) {
    const batch = items.slice(from, from + BATCH_SIZE)
    const remaining = {
      items: new Map(batch.map(item => [item.id, item])),
      unknown: new Set<number>()
    }
    // For a single write REST is better: a lost answer is found by the id of the status.
    if (batch.length > 1) yield await sendDocument(batches, writes, remaining)
    yield* writeEach(batches, writes, remaining)
  }
}

async function* writeEach<Item extends DeploymentNode>(
  { pace }: Batches,
  writes: Writes<Item>,
  { items, unknown }: Remaining<Item>
): AsyncGenerator<readonly Written<Item>[]> {
  // If the document got no answer, GitHub may be down: then the first failure applies to all.
  const isDocumentLost = unknown.size === items.size
  let shared: ActionError | undefined
  for (const item of items.values()) {
    if (!shared) await pace.single()
    const error = shared ?? (await errorOf(writes.single(item, unknown.has(item.id))))
    if (isDocumentLost && error && !isPermanent(error)) shared = error
    const isGone = toFailure(error?.cause).status === 404
    yield [{ item, error, isGone }]
  }
}

const isPermanent = ({ cause }: ActionError): boolean => classify(toFailure(cause), 0).kind === 'permanent'

async function errorOf(work: Promise<unknown>): Promise<ActionError | undefined> {
  try {
    await work
    return undefined
  } catch (error) {
    if (error instanceof ActionError) return error
    throw error
  }
}

/** Sends the items as one document. Returns the finished ones and removes them from `remaining`. */
async function sendDocument<Item extends DeploymentNode>(
  { client, repository, pace }: Batches,
  writes: Writes<Item>,
  remaining: Remaining<Item>
): Promise<readonly Written<Item>[]> {
  const { graphqlUrl } = repository
  const finished: Written<Item>[] = []
  const finish = (item: Item, error?: ActionError) => {
    remaining.items.delete(item.id)
    finished.push({ item, error, isGone: false })
  }
  await pace.document()
  try {
    await client.send(documentCall(client, graphqlUrl, writes, { ...remaining, finish }))
  } catch (error) {
    const failure = toFailure(error)
    const { kind } = classify(failure, 0)
    const left = [...remaining.items.values()]
    const facts = {
      operation: writes.operation(left.length),
      repository: repository.repository,
      isRead: false
    }
    for (const item of left) {
      if (kind === 'unknown') remaining.unknown.add(item.id)
      else finish(item, explain(failure, { ...facts, onFailure: writes.onFailure(item) }))
    }
  }
  return finished
}
