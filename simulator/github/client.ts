import type { LocalGitHub, Product } from './types.ts'

export interface Reply {
  status: number
  headers: Headers
  /** Parsed JSON, or the text if it is not JSON. */
  body: unknown
}

export interface Client {
  /** `path` is relative to the repository, for example `/deployments`. */
  rest(method: string, path: string, body?: unknown): Promise<Reply>
  /** Requests any URL, for example one from a `Link` header. */
  fetch(url: string, init?: RequestInit): Promise<Reply>
  graphql(query: string, variables?: Record<string, unknown>): Promise<unknown>
}

/** The id of the object in an answer. */
export const idOf = ({ body }: Reply): number => Number(Object(body).id)

/** The ids of the objects in an answer. */
export const idsOf = ({ body }: Reply): number[] =>
  Array.isArray(body) ? body.map(each => Number(Object(each).id)) : []

/** A client of the simulated GitHub that uses only `fetch`. */
export function createClient(
  github: LocalGitHub,
  options: { token?: string; product?: Product; repository?: string } = {}
): Client {
  const { token = 'ghs_local', product = 'github.com', repository = 'octo-org/octo-repo' } = options
  const urls = github.env(product)
  const send = async (url: string, init: RequestInit = {}): Promise<Reply> => {
    const headers = { authorization: `Bearer ${token}`, ...init.headers }
    const response = await fetch(url, { ...init, headers })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: parse(text) }
  }
  return {
    fetch: send,
    rest: (method, path, body) =>
      send(`${urls.GITHUB_API_URL}/repos/${repository}${path}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) })
      }),
    graphql: async (query, variables) => {
      const body = JSON.stringify({ query, ...(variables && { variables }) })
      return (await send(urls.GITHUB_GRAPHQL_URL, { method: 'POST', body })).body
    }
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
