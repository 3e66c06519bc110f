import { get, getText, type JsonObject } from '../lib/json.ts'
import type { Client } from './client.ts'

/** Several writes as one GraphQL document, and how to look for them afterwards. */

// What GraphQL says of a write that it did not do; after anything else nobody knows.
const NOT_DONE = ['NOT_FOUND', 'FORBIDDEN', 'UNPROCESSABLE', 'INSUFFICIENT_SCOPES']

/** A deployment by both its names; without GraphQL's the REST API is used. */
export interface DeploymentNode {
  readonly id: number
  readonly nodeId: string
}

/** How one kind of write is said in GraphQL, known again afterwards, and done by REST. */
export interface Writes<Item extends DeploymentNode> {
  /** Completes "Could not …" for so many. */
  readonly operation: (count: number) => string
  /** The document's own name, for whoever reads GitHub's log. */
  readonly name: string
  readonly mutation: string
  readonly inputType: string
  input(item: Item): JsonObject
  /** Whether it is done, by what GitHub shows of the deployment; `undefined` where twice does no harm. */
  readonly isDone: ((item: Item, shown: unknown) => boolean) | undefined
  /** By itself, by REST. `isDoubtful`: it may have been done, so that it is looked for first. */
  alone(item: Item, isDoubtful: boolean): Promise<unknown>
}

// By their place, so that all documents of a size are one text, for GitHub and for this process's memory.
export const alias = (index: number): string => `d${index}`

export function documentOf<Item extends DeploymentNode>(
  writes: Writes<Item>,
  items: readonly Item[]
): JsonObject {
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

export function isDoubtful(errors: readonly unknown[], index: number): boolean {
  const own = errors.find(error => {
    const path = get(error, 'path')
    return Array.isArray(path) && path[0] === alias(index)
  })
  return !NOT_DONE.includes(getText(own, 'type'))
}

const LOOK = `query Look($ids: [ID!]!) {
  nodes(ids: $ids) { ... on Deployment { id latestStatus { state description logUrl } } }
}`

/** What GitHub shows of each deployment. */
export function readStates<Item extends DeploymentNode>(
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
