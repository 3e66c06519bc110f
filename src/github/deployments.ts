import type { ArtifactRecord } from '../deployment/artifacts.ts'
import type { Deployment, ListedDeployment, NewDeployment, NewStatus, Status } from '../deployment/deployment.ts'
import { refVariants } from '../deployment/origin.ts'
import type { Clock } from '../lib/clock.ts'
import { recordArtifact } from './artifacts.ts'
import { paceOf, type Written, writeAll } from './batch.ts'
import { type DeploymentNode, removals, statusWrites } from './bulk-writes.ts'
import type { Client } from './client.ts'
import type { OnFailure } from './error-messages.ts'
import { listDeployments, newestDeployments, type Repository } from './graphql-list.ts'
import {
  type Attempt,
  getDeployment,
  isDeploymentGone,
  latestStatus,
  listPages,
  newestStatuses,
  readAttempt
} from './reads.ts'
import { readEnvironments } from './responses.ts'
import { restOf, type Warn } from './rest.ts'
import {
  type CreateOptions,
  create,
  removeDeployment,
  removeEnvironment,
  type StatusOptions,
  setStatus
} from './writes.ts'

/**
 * The deployments of a repository. Every function throws an ActionError that says what failed, what exists
 * now (`onFailure`) and what to do.
 */
export interface Deployments {
  create(wanted: NewDeployment, options: CreateOptions): Promise<Deployment>
  /** Waits until GitHub's lists can have caught up. Unlike a sleep, it does not make the log silent. */
  pause(milliseconds: number): Promise<void>
  get(id: number, onFailure?: OnFailure): Promise<Deployment>
  setStatus(id: number, status: NewStatus, options: StatusOptions): Promise<Status>
  /** The newest status; `undefined` if there is none. Read by `until` (milliseconds since 1970). */
  latestStatus(id: number, onFailure?: OnFailure, until?: number): Promise<Status | undefined>
  /** The newest 100 statuses, newest first, read by `until` (milliseconds since 1970). */
  statuses(id: number, onFailure?: OnFailure, until?: number): Promise<readonly Status[]>
  /** Whether the deployment cannot be read any more. */
  isGone(id: number): Promise<boolean>
  /** Deletes an inactive deployment. One that is already gone counts as deleted. */
  remove(id: number, onFailure: OnFailure): Promise<void>
  /** `setStatus` for many, up to 20 in one request. Yields results as they arrive. */
  setStatuses<Item extends DeploymentNode>(
    items: readonly Item[],
    statusOf: (item: Item) => NewStatus,
    onFailure: (item: Item) => OnFailure
  ): AsyncIterable<readonly Written<Item>[]>
  /** `remove` for many, up to 20 in one request. */
  removeAll<Item extends DeploymentNode>(
    items: readonly Item[],
    onFailure: (item: Item) => OnFailure
  ): AsyncIterable<readonly Written<Item>[]>
  /** The newest 100 deployments of an environment, in one request. */
  newest(environment: string): Promise<readonly ListedDeployment[]>
  /** All deployments of the environments (of all environments if none is named), newest first, in pages. */
  list(
    environments: readonly string[],
    onFailure?: OnFailure,
    until?: number
  ): AsyncIterable<readonly ListedDeployment[]>
  /** Ids of the deployments that were created with exactly this ref, which GraphQL does not return. */
  madeWithRef(environment: string, ref: string): Promise<ReadonlySet<number>>
  environments(): Promise<readonly string[]>
  /**
   * Creates or updates an artifact record of the repository's organization; `false` in a dry run. Needs Artifact
   * metadata: write.
   */
  recordArtifact(record: ArtifactRecord, onFailure: OnFailure): Promise<boolean>
  /** A workflow run: the given attempt, or its newest one. Needs Actions: read. */
  attempt(runId: number, attempt: number | undefined, onFailure: OnFailure): Promise<Attempt>
  /** Needs Administration: write. Returns whether there was one that the token can see. */
  removeEnvironment(name: string, onFailure: OnFailure): Promise<boolean>
}

export function deploymentsOf(client: Client, repository: Repository, clock: Clock, warn: Warn): Deployments {
  const rest = restOf(client, repository.repository, warn)
  const batches = { client, repository, pace: paceOf(clock) }
  return {
    create: (wanted, options) => create(rest, wanted, options),
    pause: milliseconds => client.pause(milliseconds, 'see what GitHub has recorded'),
    get: (id, onFailure) => getDeployment(rest, id, onFailure),
    setStatus: (id, status, options) => setStatus(rest, id, status, options),
    latestStatus: (id, onFailure, until = Infinity) => latestStatus(rest, id, { onFailure, until }),
    statuses: (id, onFailure, until = Infinity) => newestStatuses(rest, id, { onFailure, until }),
    isGone: id => isDeploymentGone(rest, id),
    remove: (id, onFailure) => removeDeployment(rest, id, onFailure),
    setStatuses: (items, statusOf, onFailure) => writeAll(batches, statusWrites(rest, statusOf, onFailure), items),
    removeAll: (items, onFailure) => writeAll(batches, removals(rest, onFailure), items),
    newest: environment => newestDeployments(client, repository, environment),
    list: (environments, onFailure, until = Infinity) =>
      listDeployments(client, repository, environments, { onFailure, until }),
    async madeWithRef(environment, ref) {
      const ids = new Set<number>()
      for (const name of refVariants(ref)) {
        for await (const page of listPages(rest, { environment, ref: name })) {
          for (const { id } of page) ids.add(id)
        }
      }
      return ids
    },
    async recordArtifact(record, onFailure) {
      await batches.pace.single()
      await recordArtifact(client, repository.repository, record, onFailure)
      return true
    },
    attempt: (runId, attempt, onFailure) => readAttempt(rest, runId, attempt, onFailure),
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
    removeEnvironment: (name, onFailure) => removeEnvironment(rest, name, onFailure)
  }
}
