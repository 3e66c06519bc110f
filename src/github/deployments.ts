import type {
  Deployment,
  ListedDeployment,
  NewDeployment,
  NewStatus,
  Status
} from '../deployment.ts'
import { ActionError } from '../errors.ts'
import { textAt } from '../parse.ts'
import { visible } from '../text.ts'
import { readDeployment, readEnvironments, readStatus } from './answers.ts'
import type { Client } from './client.ts'
import { toFailure } from './failure.ts'
import { deploymentFields, statusFields } from './fields.ts'
import { readPage } from './history.ts'
import { latestStatus, listDeployments, type Repository, restPages } from './list.ts'
import { restOf } from './rest.ts'

/** Deployments as the modes see them. Every function throws an ActionError that names what to do. */
export interface Deployments {
  create(wanted: NewDeployment): Promise<Deployment>
  get(id: number): Promise<Deployment>
  setStatus(id: number, status: NewStatus): Promise<Status>
  /** The newest status; `undefined` where there is none. */
  latestStatus(id: number): Promise<Status | undefined>
  /** Deletes one that is not active. One that is gone already counts as deleted. */
  remove(id: number): Promise<void>
  /** The newest 100 of an environment, in one request. */
  newest(environment: string): Promise<readonly ListedDeployment[]>
  /** All, newest first, page by page; of all environments where none is named. */
  list(environments: readonly string[]): AsyncIterable<readonly ListedDeployment[]>
  /** Ids of those that were made with a ref of this very text: what GraphQL does not tell. */
  madeWithRef(environment: string, ref: string): Promise<ReadonlySet<number>>
  environments(): Promise<readonly string[]>
  /** Needs Administration: write. One that is gone already counts as deleted. */
  removeEnvironment(name: string): Promise<void>
}

export function deploymentsOf(client: Client, target: Repository): Deployments {
  const rest = restOf(client, target.repository)
  return {
    create: wanted =>
      rest.call(
        `create the deployment of "${visible(wanted.environment, 255)}"`,
        'POST',
        '/deployments',
        deploymentFields(wanted),
        (data, status) => {
          if (status === 202) throw autoMerged(textAt(data, 'message'))
          return readDeployment(data)
        }
      ),
    get: id =>
      rest.call(`read deployment ${id}`, 'GET', '/deployments/{id}', { id }, readDeployment),
    setStatus: (id, status) =>
      rest.call(
        `set deployment ${id} to ${status.state}`,
        'POST',
        '/deployments/{id}/statuses',
        { id, ...statusFields(status) },
        data => {
          const answer = readStatus(data)
          return answer?.state === status.state ? answer : undefined
        }
      ),
    latestStatus: id => latestStatus(rest, id),
    remove: id =>
      gone(rest.call(`delete deployment ${id}`, 'DELETE', '/deployments/{id}', { id }, () => true)),
    async newest(environment) {
      if (target.graphqlUrl === undefined) return []
      const { repository, graphqlUrl } = target
      const query = { repository, environments: [environment], after: undefined }
      return (await readPage(client, graphqlUrl, query)).deployments
    },
    list: environments => listDeployments(client, rest, target, environments),
    async madeWithRef(environment, ref) {
      const ids = new Set<number>()
      for (const name of [ref, `refs/heads/${ref}`, `refs/tags/${ref}`]) {
        for await (const page of restPages(rest, { environment, ref: name })) {
          for (const { id } of page) ids.add(id)
        }
      }
      return ids
    },
    async environments() {
      const names: string[] = []
      const doing = 'list the environments'
      const found = rest.pages(doing, '/environments', {}, readEnvironments)
      for await (const page of found) names.push(...page)
      return names
    },
    removeEnvironment: name => {
      const doing = `delete the environment "${visible(name, 255)}"`
      return gone(rest.call(doing, 'DELETE', '/environments/{name}', { name }, () => true))
    }
  }
}

/** Deleting what is gone has reached its goal. */
async function gone(deletion: Promise<unknown>): Promise<void> {
  try {
    await deletion
  } catch (error) {
    const cause = error instanceof ActionError ? toFailure(error.cause) : undefined
    if (cause?.status !== 404) throw error
  }
}

const autoMerged = (message: string): ActionError =>
  new ActionError(
    `GitHub merged instead of deploying ("${visible(message, 200)}"): there is no deployment. The merge starts a new run where a workflow listens to the push; or set "auto-merge: false".`
  )
