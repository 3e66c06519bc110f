import type {
  Deployment,
  ListedDeployment,
  NewDeployment,
  NewStatus,
  Status
} from '../deployment/deployment.ts'
import type { Clock } from '../lib/clock.ts'
import { sanitizeLine } from '../lib/text.ts'
import { paceOf, type Written, writeAll } from './batch.ts'
import { type DeploymentNode, removals, statusWrites } from './bulk-writes.ts'
import type { Client } from './client.ts'
import { listDeployments, newestDeployments, type Repository } from './graphql-list.ts'
import { type Attempt, latestStatus, listPages, newestStatuses, readAttempt } from './reads.ts'
import { readDeployment, readEnvironments } from './responses.ts'
import { restOf } from './rest.ts'
import { create, remove, removeDeployment, setStatus } from './writes.ts'

/** Deployments as the modes see them. Every function throws an ActionError that names what to do. */
export interface Deployments {
  /** `onResend` is told before it is sent a second time, when there could come to be two. */
  create(wanted: NewDeployment, onResend: () => void): Promise<Deployment>
  get(id: number): Promise<Deployment>
  /** Where the answer is lost, only one newer than the status `newerThan` counts as this one. */
  setStatus(id: number, status: NewStatus, newerThan?: number): Promise<Status>
  /** The newest status; `undefined` where there is none. */
  latestStatus(id: number): Promise<Status | undefined>
  /** The newest hundred, newest first. */
  statuses(id: number): Promise<readonly Status[]>
  /** Deletes one that is not active. One that is gone already counts as deleted. */
  remove(id: number): Promise<void>
  /** Each as by `setStatus`, up to 20 in one request; what came of them is told as it comes. */
  setStatuses<Item extends DeploymentNode>(
    items: readonly Item[],
    statusOf: (item: Item) => NewStatus
  ): AsyncIterable<readonly Written<Item>[]>
  /** Each as by `remove`, up to 20 in one request. */
  removeAll<Item extends DeploymentNode>(
    items: readonly Item[]
  ): AsyncIterable<readonly Written<Item>[]>
  /** The newest 100 of an environment, in one request. */
  newest(environment: string): Promise<readonly ListedDeployment[]>
  /** All, newest first, page by page; of all environments where none is named. */
  list(environments: readonly string[]): AsyncIterable<readonly ListedDeployment[]>
  /** Ids of those that were made with a ref of this very text: what GraphQL does not tell. */
  madeWithRef(environment: string, ref: string): Promise<ReadonlySet<number>>
  environments(): Promise<readonly string[]>
  /** How an attempt of a workflow run stands. Needs Actions: read. */
  attempt(runId: number, attempt: number): Promise<Attempt>
  /** Needs Administration: write. One that is gone already counts as deleted. */
  removeEnvironment(name: string): Promise<void>
}

export function deploymentsOf(client: Client, repository: Repository, clock: Clock): Deployments {
  const rest = restOf(client, repository.repository)
  const batches = { client, repository, pace: paceOf(clock) }
  return {
    create: (wanted, onResend) => create(rest, wanted, onResend),
    get: id =>
      rest.call({
        operation: `read deployment ${id}`,
        method: 'GET',
        path: '/deployments/{id}',
        parameters: { id },
        read: readDeployment,
        onUnknown: 'again'
      }),
    setStatus: (id, status, newerThan) => setStatus(rest, id, status, newerThan),
    latestStatus: id => latestStatus(rest, id),
    statuses: id => newestStatuses(rest, id),
    remove: id => removeDeployment(rest, id),
    setStatuses: (items, statusOf) => writeAll(batches, statusWrites(rest, statusOf), items),
    removeAll: items => writeAll(batches, removals(rest), items),
    newest: environment => newestDeployments(client, repository, environment),
    list: environments => listDeployments(client, repository, environments),
    async madeWithRef(environment, ref) {
      const ids = new Set<number>()
      for (const name of [ref, `refs/heads/${ref}`, `refs/tags/${ref}`]) {
        for await (const page of listPages(rest, { environment, ref: name })) {
          for (const { id } of page) ids.add(id)
        }
      }
      return ids
    },
    attempt: (runId, attempt) => readAttempt(rest, runId, attempt),
    async environments() {
      const names: string[] = []
      const found = rest.pages({
        operation: 'list the environments',
        path: '/environments',
        parameters: {},
        read: readEnvironments,
        onUnknown: 'again'
      })
      for await (const page of found) names.push(...page)
      return names
    },
    removeEnvironment: name =>
      remove(rest, `delete the environment "${sanitizeLine(name, 255)}"`, '/environments/{name}', {
        name
      })
  }
}
