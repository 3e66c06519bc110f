import { type ListedDeployment, nameVariants } from '../deployment/deployment.ts'
import { readOrigin, refTypeOf } from '../deployment/origin.ts'
import { get, getId, getShortText, getText } from '../lib/json.ts'
import type { Client } from './client.ts'
import { explain, type OnFailure } from './error-messages.ts'
import { GitHubFailure, isTooLarge, toFailure } from './failure.ts'
import { createLoopCheck, PAGE_SIZE, readList, readState, SMALL_PAGE_SIZE } from './responses.ts'

/** A repository, and the address of the GraphQL API that serves it. */
export interface Repository {
  readonly repository: string
  readonly graphqlUrl: string
}

/** One page of deployments with their newest status. REST needs one request more for each deployment. */
interface Page {
  readonly deployments: readonly ListedDeployment[]
  /** The cursor of the next page; `undefined` on the last one. */
  readonly next: string | undefined
  /** How many deployments the page can have. */
  readonly size: number
}

// Newest first (the default is oldest first), so that the first page is often enough.
const QUERY = `query Deployments($owner: String!, $name: String!, $environments: [String!], $first: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    deployments(first: $first, after: $after, environments: $environments, orderBy: {field: CREATED_AT, direction: DESC}) {
      pageInfo { hasNextPage endCursor }
      nodes {
        id databaseId commitOid createdAt environment task payload
        ref { name prefix }
        creator { login }
        latestStatus { state description environmentUrl logUrl }
      }
    }
  }
}`

interface PageQuery {
  /** Empty: all environments. */
  readonly environments: readonly string[]
  readonly after: string | undefined
  readonly size: number
  readonly onUnknown: 'again' | 'once'
  readonly until?: number
}

export interface ListOptions {
  readonly onFailure?: OnFailure | undefined
  /** Milliseconds since 1970: the time by which each page has to be read. */
  readonly until?: number
}

function endlessList({ repository }: Repository, problem: string, onFailure?: OnFailure) {
  const failure = new GitHubFailure(problem, { isFinal: true })
  return explain(failure, {
    operation: 'list the deployments',
    repository,
    isRead: true,
    onFailure
  })
}

/** All deployments of the environments (of all environments if none is named), newest first, in pages. */
export async function* listDeployments(
  client: Client,
  target: Repository,
  environments: readonly string[],
  { onFailure, until = Infinity }: ListOptions = {}
): AsyncGenerator<readonly ListedDeployment[]> {
  const endless = createLoopCheck()
  let after: string | undefined
  let size = PAGE_SIZE
  do {
    const query = { environments, after, size, onUnknown: 'again' as const, until }
    const page: Page = await explained(target, readPage(client, target, query), onFailure)
    yield page.deployments
    const first = page.deployments[0]
    const problem = page.next === undefined ? '' : endless(first && String(first.id), page.next)
    if (problem !== '') throw endlessList(target, problem, onFailure)
    after = page.next
    size = page.size
  } while (after !== undefined)
}

/** The newest 100 deployments of an environment, in one request that is not sent a second time. */
export async function newestDeployments(
  client: Client,
  target: Repository,
  environment: string
): Promise<readonly ListedDeployment[]> {
  const query = { environments: [environment], after: undefined, size: PAGE_SIZE, onUnknown: 'once' as const }
  return (await explained(target, readPage(client, target, query))).deployments
}

async function explained<T>({ repository }: Repository, reading: Promise<T>, onFailure?: OnFailure): Promise<T> {
  try {
    return await reading
  } catch (error) {
    const operation = 'list the deployments'
    throw explain(toFailure(error), { operation, repository, isRead: true, onFailure })
  }
}

/** Reads one page, newest first; a smaller one if the answer is too large. Throws a GitHubFailure, also for GraphQL's own errors. */
async function readPage(client: Client, { repository, graphqlUrl }: Repository, query: PageQuery): Promise<Page> {
  const [owner, name] = repository.split('/')
  const environments = query.environments.length > 0 ? nameVariants(query.environments) : null
  const variables = { owner, name, environments, first: query.size, after: query.after ?? null }
  const reading = client.send({
    operation: 'list the deployments',
    route: `POST ${graphqlUrl}`,
    parameters: { query: QUERY, variables },
    onUnknown: query.onUnknown,
    ...(query.until !== undefined && { until: query.until }),
    read: (data, status, headers) => {
      const errors = get(data, 'errors')
      // With an error, a part of the data can be missing, such as the newest status of a deployment.
      if (Array.isArray(errors) && errors.length > 0) {
        throw new GitHubFailure(graphqlMessage(errors), { status, headers, data, isFinal: true })
      }
      return toPage(get(data, 'data', 'repository', 'deployments'), query.size)
    }
  })
  return reading.catch(error => {
    if (!isTooLarge(error) || query.size === SMALL_PAGE_SIZE) throw error
    return readPage(client, { repository, graphqlUrl }, { ...query, size: SMALL_PAGE_SIZE })
  })
}

/** The messages of GraphQL's errors as one text. */
export const graphqlMessage = (errors: readonly unknown[]): string =>
  errors
    .map(error => getText(error, 'message'))
    .join('; ')
    .slice(0, 500)

function toPage(connection: unknown, size: number): Page | undefined {
  const deployments = readList(get(connection, 'nodes'), toListed)
  const hasNext = get(connection, 'pageInfo', 'hasNextPage')
  const cursor = getText(connection, 'pageInfo', 'endCursor')
  // A list must not end in silence where it goes on.
  if (!deployments || typeof hasNext !== 'boolean' || (hasNext && cursor === '')) return undefined
  return { deployments, next: hasNext ? cursor : undefined, size }
}

function toListed(node: unknown): ListedDeployment | undefined {
  const nodeId = getText(node, 'id')
  const id = getId(node, 'databaseId') ?? idOfNode(nodeId)
  if (id === undefined || nodeId === '') return undefined
  const status = get(node, 'latestStatus')
  return {
    id,
    nodeId,
    environment: getText(node, 'environment'),
    task: getShortText(node, 'task'),
    ref: getShortText(node, 'ref', 'name'),
    refType: refTypeOf(getText(node, 'ref', 'prefix')),
    sha: getText(node, 'commitOid'),
    payload: getText(node, 'payload'),
    origin: readOrigin(getText(node, 'payload')),
    createdAt: getText(node, 'createdAt'),
    creator: getText(node, 'creator', 'login'),
    state: readState(getText(status, 'state')),
    environmentUrl: getShortText(status, 'environmentUrl'),
    logUrl: getShortText(status, 'logUrl'),
    description: getShortText(status, 'description')
  }
}

/**
 * The REST id in a global id. `databaseId` is a 32-bit Int and has no value for ids of 2^31 and more, which
 * REST already returns. New ids are `DE_` and base64 of a MessagePack list that ends with the id; old ones
 * are base64 of `010:Deployment1`.
 */
export function idOfNode(nodeId: string): number | undefined {
  const bytes = Buffer.from(nodeId.replace(/^DE_/, ''), 'base64url')
  if (!nodeId.startsWith('DE_')) {
    const digits = /^\d+:Deployment([0-9]{1,16})$/.exec(bytes.toString('latin1'))?.[1]
    return digits === undefined ? undefined : getId({ id: digits }, 'id')
  }
  const isWide = bytes.length >= 9 && bytes.at(-9) === 0xcf
  const isNarrow = bytes.length >= 5 && bytes.at(-5) === 0xce
  const number = isNarrow
    ? bytes.readUInt32BE(bytes.length - 4)
    : isWide
      ? Number(bytes.readBigUInt64BE(bytes.length - 8))
      : undefined
  return number !== undefined && Number.isSafeInteger(number) && number > 0 ? number : undefined
}
