import type { NewStatus } from '../deployment/deployment.ts'
import { get, getText, isJsonObject, type JsonObject } from '../lib/json.ts'
import type { Client } from './client.ts'
import type { OnFailure } from './error-messages.ts'
import { GitHubFailure } from './failure.ts'
import { graphqlMessage } from './graphql-list.ts'
import type { Rest } from './rest.ts'
import type { Call } from './retry.ts'
import { findStatus, removeDeployment, setStatus } from './writes.ts'

/** Several writes as one GraphQL document, and how to look them up if the answer is lost. */

// The error types of mutations that GitHub has not done. After any other error the result is unknown.
const NOT_DONE = ['NOT_FOUND', 'FORBIDDEN', 'UNPROCESSABLE', 'INSUFFICIENT_SCOPES']

/** A deployment by its REST id and its GraphQL id. */
export interface DeploymentNode {
  readonly id: number
  readonly nodeId: string
}

/** One kind of write: as a mutation, how it is recognized afterwards, and as a REST request. */
export interface Writes<Item extends DeploymentNode> {
  /** Completes "Could not …" for that many. */
  readonly operation: (count: number) => string
  /** The name of the document, as shown in GitHub's and our logs. */
  readonly name: string
  readonly mutation: string
  readonly inputType: string
  readonly onFailure: (item: Item) => OnFailure
  input(item: Item): JsonObject
  /** Whether it is done, by GitHub's view of the deployment; `undefined` if doing it twice does no harm. */
  readonly isDone: ((item: Item, node: unknown) => boolean) | undefined
  /** Sends it by REST. `mayBeDone`: it is looked up first. */
  single(item: Item, mayBeDone: boolean): Promise<unknown>
}

export const statusWrites = <Item extends DeploymentNode>(
  rest: Rest,
  statusOf: (item: Item) => NewStatus,
  onFailure: (item: Item) => OnFailure
): Writes<Item> => ({
  onFailure,
  operation: count => `change the state of ${count} deployments`,
  name: 'SetStatuses',
  mutation: 'createDeploymentStatus',
  inputType: 'CreateDeploymentStatusInput',
  input: item => {
    const { state, description, logUrl, environmentUrl, autoInactive = false } = statusOf(item)
    return {
      deploymentId: item.nodeId,
      state: state.toUpperCase(),
      autoInactive,
      logUrl,
      ...(description !== '' && { description }),
      ...(environmentUrl !== '' && { environmentUrl })
    }
  },
  isDone: (item, node) => {
    const { state, description, logUrl, environmentUrl } = statusOf(item)
    const latest = (name: string) => getText(node, 'latestStatus', name)
    const isSame = latest('description') === description && latest('logUrl') === logUrl
    return isSame && latest('environmentUrl') === environmentUrl && latest('state') === state.toUpperCase()
  },
  single: async (item, mayBeDone) => {
    const status = statusOf(item)
    const context = { onFailure: onFailure(item) }
    const found = mayBeDone ? await findStatus(rest, item.id, status, context) : undefined
    return found ?? setStatus(rest, item.id, status, context)
  }
})

/** A deployment that is already gone counts as deleted. */
export const removals = <Item extends DeploymentNode>(
  rest: Rest,
  onFailure: (item: Item) => OnFailure
): Writes<Item> => ({
  onFailure,
  operation: count => `delete ${count} deployments`,
  name: 'DeleteDeployments',
  mutation: 'deleteDeployment',
  inputType: 'DeleteDeploymentInput',
  input: ({ nodeId }) => ({ id: nodeId }),
  isDone: undefined,
  single: item => removeDeployment(rest, item.id, onFailure(item))
})

/** The writes of one document that are neither done nor given up. */
export interface Remaining<Item extends DeploymentNode> {
  readonly items: Map<number, Item>
  /** Ids of writes that GitHub may have done. */
  readonly unknown: Set<number>
}

/**
 * The request for all remaining writes in one document. `finish` is called for each that GitHub has done, so
 * that a second attempt sends only the others.
 */
export function documentCall<Item extends DeploymentNode>(
  client: Client,
  graphqlUrl: string,
  writes: Writes<Item>,
  { items, unknown, finish }: Remaining<Item> & { finish(item: Item): void }
): Call<true> {
  const { isDone } = writes
  const route = `POST ${graphqlUrl}`
  let sent: readonly Item[] = []
  return {
    operation: writes.operation(items.size),
    route,
    // Each write goes alone after that: a document that is too slow for GitHub stays too slow.
    maxUnknown: 2,
    parameters: () => {
      sent = [...items.values()]
      return documentOf(writes, sent)
    },
    read: (data, status, headers) => {
      const errors = get(data, 'errors')
      const listed = Array.isArray(errors) ? errors : []
      if (!isJsonObject(get(data, 'data'))) {
        if (listed.length === 0) return undefined
        throw new GitHubFailure(graphqlMessage(listed), { status, headers, data, isFinal: true })
      }
      for (const [index, item] of sent.entries()) {
        if (isJsonObject(get(data, 'data', alias(index)))) finish(item)
        else if (mayBeDone(listed, index)) unknown.add(item.id)
      }
      return true
    },
    onUnknown: isDone
      ? {
          async look(until) {
            const nodes = await readNodes(client, route, [...items.values()], until)
            for (const [item, node] of nodes) if (isDone(item, node)) finish(item)
            return items.size === 0 || undefined
          }
        }
      : 'again'
  }
}

// By index, so that all documents of one size are the same text, which GitHub and V8 can keep.
const alias = (index: number): string => `d${index}`

function documentOf<Item extends DeploymentNode>(writes: Writes<Item>, items: readonly Item[]): JsonObject {
  const { name, mutation, inputType } = writes
  const declared = items.map((_item, index) => `$${alias(index)}: ${inputType}!`).join(', ')
  const lines = items.map(
    (_item, index) => `  ${alias(index)}: ${mutation}(input: $${alias(index)}) { clientMutationId }`
  )
  return {
    query: `mutation ${name}(${declared}) {\n${lines.join('\n')}\n}`,
    variables: Object.fromEntries(items.map((item, index) => [alias(index), writes.input(item)]))
  }
}

function mayBeDone(errors: readonly unknown[], index: number): boolean {
  const own = errors.find(error => {
    const path = get(error, 'path')
    return Array.isArray(path) && path[0] === alias(index)
  })
  return !NOT_DONE.includes(getText(own, 'type'))
}

const LOOK = `query Look($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Deployment { id latestStatus { state description logUrl environmentUrl } } }
}`

/** GitHub's view of each deployment. */
function readNodes<Item extends DeploymentNode>(
  client: Client,
  route: string,
  items: readonly Item[],
  until: number
): Promise<(readonly [Item, unknown])[]> {
  return client.send({
    operation: `look at ${items.length} deployments`,
    route,
    parameters: { query: LOOK, variables: { ids: items.map(({ nodeId }) => nodeId) } },
    onUnknown: 'once',
    until,
    read: data => {
      const nodes = get(data, 'data', 'nodes')
      if (!Array.isArray(nodes) || nodes.length !== items.length) return undefined
      return items.map((item, index): readonly [Item, unknown] => [item, nodes[index]])
    }
  })
}
