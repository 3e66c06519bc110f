import type { Deployment, ListedDeployment, Status } from '../deployment/deployment.ts'
import { getText } from '../lib/json.ts'
import { isSecondaryLimit } from './classify-failure.ts'
import type { Client } from './client.ts'
import { explain } from './error-messages.ts'
import { type GitHubFailure, toFailure } from './failure.ts'
import { type Page, readPage } from './graphql-list.ts'
import { type DescribedStatus, readDeployment, readDescribedStatus, readList } from './responses.ts'
import type { Rest } from './rest.ts'

/** What listing needs: the repository, and where its GraphQL is, if it is of use. */
export interface Repository {
  readonly repository: string
  /** `undefined` where it cannot be used, which may show only when it is tried. */
  graphqlUrl: string | undefined
  /** Told once where GraphQL could not be used. */
  readonly note: (text: string) => void
}

type Listed = AsyncGenerator<readonly ListedDeployment[]>

/** All deployments with their states, newest first: by GraphQL, or by REST where that is refused. */
export async function* listDeployments(
  client: Client,
  rest: Rest,
  target: Repository,
  environments: readonly string[]
): Listed {
  const { graphqlUrl, repository } = target
  let after: string | undefined
  while (graphqlUrl !== undefined) {
    let page: Page
    try {
      page = await readPage(client, graphqlUrl, {
        repository,
        environments,
        after,
        onUnknown: 'again'
      })
    } catch (error) {
      const failure = toFailure(error)
      if (after !== undefined || !isGraphqlRefused(failure)) {
        throw explain(failure, 'list the deployments', repository)
      }
      target.note(`GraphQL cannot be used here (${failure.message}), so all is read by REST.`)
      target.graphqlUrl = undefined
      break
    }
    yield page.deployments
    if (page.next === undefined || page.next === after) return
    after = page.next
  }
  yield* listByRest(rest, environments)
}

/**
 * An old server has no GraphQL for deployments, some tokens are not let in, and its hour may be used up
 * before that of REST: REST can do it all.
 */
export const isGraphqlRefused = (failure: GitHubFailure): boolean =>
  [200, 400, 403, 404, 406, 410].includes(failure.status) && !isSecondaryLimit(failure)

async function* listByRest(rest: Rest, environments: readonly string[]): Listed {
  const filters = environments.length > 0 ? environments.map(name => ({ environment: name })) : [{}]
  const seen = new Set<number>()
  for (const filter of filters) {
    for await (const page of restPages(rest, filter)) {
      const listed: ListedDeployment[] = []
      for (const item of page) {
        // Two spellings of a name may be one environment.
        if (seen.has(item.id)) continue
        if (filters.length > 1) seen.add(item.id)
        listed.push(withStatus(item, await latestStatus(rest, item.id)))
      }
      yield listed
    }
  }
}

/** Deployments as REST lists them: with their ref as it was asked for, without their state. */
export const restPages = (
  rest: Rest,
  parameters: Readonly<Record<string, string>>,
  onUnknown: 'again' | 'once' = 'again',
  until = Infinity
) =>
  rest.pages({
    operation: 'list the deployments',
    path: '/deployments',
    parameters,
    onUnknown,
    until,
    read: data =>
      readList(data, item => {
        const deployment = readDeployment(item)
        return deployment && { ...deployment, creator: getText(item, 'creator', 'login') }
      })
  })

const withStatus = (
  deployment: Deployment & { readonly creator: string },
  status: Status | undefined
): ListedDeployment => ({
  ...deployment,
  nodeId: '',
  state: status?.state ?? 'none',
  environmentUrl: status?.environmentUrl ?? '',
  logUrl: status?.logUrl ?? ''
})

/** The first page of a deployment's statuses, which is the newest hundred; the newest first. */
export async function newestStatuses(
  rest: Rest,
  id: number,
  onUnknown: 'again' | 'once' = 'again',
  until = Infinity
): Promise<readonly DescribedStatus[]> {
  const first = await rest
    .pages({
      operation: `read the statuses of deployment ${id}`,
      path: '/deployments/{id}/statuses',
      parameters: { id },
      onUnknown,
      until,
      read: data => readList(data, readDescribedStatus)
    })
    .next()
  // Newest first in practice, but nobody promises it: the greatest id decides.
  return first.done ? [] : [...first.value].sort((one, other) => other.id - one.id)
}

/** The newest status of a deployment; `undefined` where there is none. */
export const latestStatus = async (rest: Rest, id: number): Promise<Status | undefined> =>
  (await newestStatuses(rest, id))[0]
