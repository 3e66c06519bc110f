import type {
  Deployment,
  ListedDeployment,
  NewDeployment,
  NewStatus,
  State,
  Status
} from '../deployment.ts'
import { ActionError } from '../errors.ts'
import { textAt } from '../parse.ts'
import { visible } from '../text.ts'
import { hasNextPage, readAll, readDeployment, readEnvironments, readStatus } from './answers.ts'
import type { Client } from './client.ts'
import { explain } from './explain.ts'
import { type GitHubFailure, toFailure } from './failure.ts'
import { type Page, readPage } from './history.ts'

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

export interface Repository {
  readonly repository: string
  readonly graphqlUrl: string | undefined
  /** Told once where GraphQL could not be used. */
  readonly note: (text: string) => void
}

export function deploymentsOf(client: Client, target: Repository): Deployments {
  const [owner, repo] = target.repository.split('/')
  const base = 'repos/{owner}/{repo}'
  const call = async <T>(
    doing: string,
    route: string,
    parameters: Readonly<Record<string, unknown>>,
    read: (
      data: unknown,
      status: number,
      headers: Readonly<Record<string, unknown>>
    ) => T | undefined
  ): Promise<T> => {
    try {
      return await client.send({ route, parameters: { owner, repo, ...parameters }, read })
    } catch (error) {
      throw explain(toFailure(error), doing, target.repository)
    }
  }
  /** All pages of a list; a page that brings nothing ends it, so that no looping header can. */
  const pages = async function* <T>(
    doing: string,
    route: string,
    parameters: Readonly<Record<string, unknown>>,
    read: (data: unknown) => T[] | undefined
  ): AsyncGenerator<T[]> {
    for (let page = 1; ; page++) {
      const [items, more] = await call(
        doing,
        route,
        { ...parameters, per_page: 100, page },
        (data, _status, headers) => {
          const found = read(data)
          return found && ([found, hasNextPage(headers)] as const)
        }
      )
      if (items.length > 0) yield items
      if (!more || items.length === 0) return
    }
  }

  const latestStatus = async (id: number): Promise<Status | undefined> => {
    let newest: Status | undefined
    const statuses = pages(
      `read the statuses of deployment ${id}`,
      `GET /${base}/deployments/{id}/statuses`,
      { id },
      data => readAll(data, readStatus)
    )
    // Newest first in practice, but nobody promises it: the greatest id of the first page decides.
    for await (const page of statuses) {
      for (const status of page) if (!newest || status.id > newest.id) newest = status
      break
    }
    return newest
  }

  const byRest = async function* (environments: readonly string[]) {
    const filters =
      environments.length > 0 ? environments.map(environment => ({ environment })) : [{}]
    for (const filter of filters) {
      const found = pages('list the deployments', `GET /${base}/deployments`, filter, readRestList)
      for await (const page of found) {
        const listed: ListedDeployment[] = []
        for (const item of page) listed.push(withStatus(item, await latestStatus(item.id)))
        yield listed
      }
    }
  }

  const list = async function* (environments: readonly string[]) {
    let after: string | undefined
    const { graphqlUrl } = target
    while (graphqlUrl !== undefined) {
      const query = { repository: target.repository, environments, after }
      let page: Page
      try {
        page = await readPage(client, graphqlUrl, query)
      } catch (error) {
        const failure = toFailure(error)
        if (after !== undefined || !isGraphqlRefused(failure)) {
          throw explain(failure, 'list the deployments', target.repository)
        }
        target.note(`GraphQL cannot be used here (${failure.message}), so all is read by REST.`)
        break
      }
      yield page.deployments
      if (page.next === undefined || page.next === after) return
      after = page.next
    }
    yield* byRest(environments)
  }

  return {
    latestStatus,
    list,
    create: wanted =>
      call(
        `create the deployment of "${visible(wanted.environment, 255)}"`,
        `POST /${base}/deployments`,
        creation(wanted),
        (data, status) => {
          if (status === 202) throw autoMerged(textAt(data, 'message'))
          return readDeployment(data)
        }
      ),
    get: id =>
      call(`read deployment ${id}`, `GET /${base}/deployments/{id}`, { id }, readDeployment),
    setStatus: (id, status) =>
      call(
        `set deployment ${id} to ${status.state}`,
        `POST /${base}/deployments/{id}/statuses`,
        { id, ...statusFields(status) },
        data => {
          const answer = readStatus(data)
          return answer?.state === status.state ? answer : undefined
        }
      ),
    async remove(id) {
      await gone(
        call(`delete deployment ${id}`, `DELETE /${base}/deployments/{id}`, { id }, () => true)
      )
    },
    async newest(environment) {
      if (target.graphqlUrl === undefined) return []
      const query = { repository: target.repository, environments: [environment], after: undefined }
      return (await readPage(client, target.graphqlUrl, query)).deployments
    },
    async madeWithRef(environment, ref) {
      const ids = new Set<number>()
      for (const name of [ref, `refs/heads/${ref}`, `refs/tags/${ref}`]) {
        const filter = { environment, ref: name }
        const found = pages(
          'list the deployments',
          `GET /${base}/deployments`,
          filter,
          readRestList
        )
        for await (const page of found) for (const { id } of page) ids.add(id)
      }
      return ids
    },
    async environments() {
      const names: string[] = []
      const found = pages(
        'list the environments',
        `GET /${base}/environments`,
        {},
        readEnvironments
      )
      for await (const page of found) names.push(...page)
      return names
    },
    async removeEnvironment(name) {
      const route = `DELETE /${base}/environments/{name}`
      await gone(
        call(`delete the environment "${visible(name, 255)}"`, route, { name }, () => true)
      )
    }
  }
}

const readRestList = (data: unknown) =>
  readAll(data, item => {
    const deployment = readDeployment(item)
    return deployment && { ...deployment, creator: textAt(item, 'creator', 'login') }
  })

const withStatus = (
  deployment: Deployment & { readonly creator: string },
  status: Status | undefined
): ListedDeployment => ({
  ...deployment,
  state: status?.state ?? 'none',
  environmentUrl: status?.environmentUrl ?? '',
  logUrl: status?.logUrl ?? ''
})

/** An old server has no GraphQL for deployments, and some tokens are not let in: REST can do it all. */
const isGraphqlRefused = (failure: GitHubFailure): boolean =>
  [200, 400, 403, 404, 406, 410].includes(failure.status)

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

/** Only what was asked for is sent: GitHub's own defaults are its own business. */
const creation = (wanted: NewDeployment): Readonly<Record<string, unknown>> => ({
  ref: wanted.ref,
  task: wanted.task,
  environment: wanted.environment,
  auto_merge: wanted.autoMerge,
  payload: wanted.payload,
  transient_environment: wanted.transient,
  ...(wanted.description !== '' && { description: wanted.description }),
  ...(wanted.requiredContexts && { required_contexts: wanted.requiredContexts }),
  ...(wanted.production !== undefined && { production_environment: wanted.production })
})

const statusFields = (status: NewStatus): Readonly<Record<string, unknown>> => ({
  state: status.state satisfies State,
  log_url: status.logUrl,
  // Said of every state: whether GitHub applies its rule to others than success is documented nowhere.
  auto_inactive: status.autoInactive,
  ...(status.description !== '' && { description: status.description }),
  ...(status.environment !== '' && { environment: status.environment }),
  ...(status.environmentUrl !== '' && { environment_url: status.environmentUrl })
})
