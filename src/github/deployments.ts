import type {
  Deployment,
  ListedDeployment,
  NewDeployment,
  NewStatus,
  Status
} from '../deployment.ts'
import { ActionError } from '../errors.ts'
import { type Fields, textAt } from '../parse.ts'
import { readOrigin } from '../payload.ts'
import { visible } from '../text.ts'
import { readDeployment, readEnvironments, readStatus, type SaidStatus } from './answers.ts'
import type { Client } from './client.ts'
import { GitHubFailure, toFailure } from './failure.ts'
import { deploymentFields, statusFields } from './fields.ts'
import { readPage } from './history.ts'
import {
  latestStatus,
  listDeployments,
  newestStatuses,
  type Repository,
  restPages
} from './list.ts'
import { type Rest, restOf } from './rest.ts'

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

export function deploymentsOf(client: Client, repository: Repository): Deployments {
  const target = { ...repository }
  const rest = restOf(client, target.repository)
  return {
    create: (wanted, onResend) => create(rest, wanted, onResend),
    get: id =>
      rest.call({
        doing: `read deployment ${id}`,
        method: 'GET',
        path: '/deployments/{id}',
        parameters: { id },
        read: readDeployment,
        repeat: 'again'
      }),
    setStatus: (id, status, newerThan = 0) => setStatus(rest, id, status, newerThan),
    latestStatus: id => latestStatus(rest, id),
    statuses: id => newestStatuses(rest, id),
    remove: id => remove(rest, `delete deployment ${id}`, '/deployments/{id}', { id }),
    async newest(environment) {
      if (target.graphqlUrl === undefined) return []
      const { repository, graphqlUrl } = target
      const query = { repository, environments: [environment], after: undefined }
      return (await readPage(client, graphqlUrl, { ...query, repeat: 'once' })).deployments
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
      const found = rest.pages({
        doing: 'list the environments',
        path: '/environments',
        parameters: {},
        read: readEnvironments,
        repeat: 'again'
      })
      for await (const page of found) names.push(...page)
      return names
    },
    removeEnvironment: name =>
      remove(rest, `delete the environment "${visible(name, 255)}"`, '/environments/{name}', {
        name
      })
  }
}

function create(rest: Rest, wanted: NewDeployment, onResend: () => void): Promise<Deployment> {
  const { environment, ref, key } = wanted
  const place = `"${visible(environment, 255)}" at "${visible(ref, 255)}"`
  return rest.call({
    doing: `create the deployment of ${place}`,
    method: 'POST',
    path: '/deployments',
    parameters: deploymentFields(wanted),
    read: (data, status, headers) => {
      if (status === 202) throw autoMerged(data, headers)
      return readDeployment(data)
    },
    repeat: {
      onResend,
      async look(until) {
        for await (const page of restPages(rest, { environment, ref }, 'once', until)) {
          const found = page.find(one => readOrigin(one.payload)?.key === key)
          if (found) return found
        }
        return undefined
      }
    }
  })
}

function setStatus(rest: Rest, id: number, status: NewStatus, newerThan: number): Promise<Status> {
  const isOurs = (one: SaidStatus) =>
    one.id > newerThan &&
    one.state === status.state &&
    one.description === status.description &&
    one.logUrl === status.logUrl
  return rest.call({
    doing: `set deployment ${id} to ${status.state}`,
    method: 'POST',
    path: '/deployments/{id}/statuses',
    parameters: { id, ...statusFields(status) },
    read: data => {
      const answer = readStatus(data)
      return answer?.state === status.state ? answer : undefined
    },
    repeat: { look: async until => (await newestStatuses(rest, id, 'once', until)).find(isOurs) }
  })
}

/** Deletes; what is gone has reached its goal, so that doing it twice does no harm. */
async function remove(rest: Rest, doing: string, path: string, parameters: Fields): Promise<void> {
  const call = { doing, path, parameters, method: 'DELETE', repeat: 'again' } as const
  try {
    await rest.call({ ...call, read: (_data, status) => status === 204 || undefined })
  } catch (error) {
    const cause = error instanceof ActionError ? toFailure(error.cause) : undefined
    if (cause?.status !== 404) throw error
  }
}

/** GitHub's only way to say it: a success that made no deployment. */
const autoMerged = (data: unknown, headers: Fields): GitHubFailure =>
  new GitHubFailure(visible(textAt(data, 'message'), 200), {
    status: 202,
    headers,
    data,
    isFinal: true
  })
