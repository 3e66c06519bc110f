import { getOctokit } from '@actions/github'
import { defaults } from '@actions/github/lib/utils'
import type { Fields } from '../parse.ts'
import { VERSION } from '../version.ts'
import { GitHubFailure, toFailure } from './failure.ts'
import { transport } from './transport.ts'

// GitHub cuts a request after 10 s, so its own 502 can still arrive.
const ATTEMPT_MS = 15_000
const API_VERSION = '2022-11-28'

export interface Call<T> {
  /** Octokit's form: `POST /repos/{owner}/{repo}/deployments`. */
  readonly route: string
  readonly parameters: Fields
  /** The value of an answer of the expected shape; `undefined` for any other answer. */
  readonly read: (data: unknown, status: number, headers: Fields) => T | undefined
}

export interface Client {
  /** Sends one request and reads its answer. Throws a GitHubFailure. */
  send<T>(call: Call<T>): Promise<T>
}

export interface Connection {
  readonly apiUrl: string
  /** The first is used; the next ones, in turn, where GitHub answers 401. */
  readonly tokens: readonly string[]
}

/** The one door to GitHub: every request of the action goes through it, REST and GraphQL alike. */
export function connect(connection: Connection): Client {
  const clients = connection.tokens.map(token => octokitFor(connection.apiUrl, token))
  let current = 0
  const attempt = async (call: Call<unknown>) => {
    const octokit = clients[current]
    if (!octokit) throw new GitHubFailure('there is no token to send', 0, {}, undefined)
    // Each attempt has its own signal: one that is shared has already fired when the second begins.
    const request = { signal: AbortSignal.timeout(ATTEMPT_MS) }
    const headers = { 'x-github-api-version': API_VERSION }
    return octokit.request(call.route, { ...call.parameters, headers, request })
  }
  return {
    async send<T>(call: Call<T>): Promise<T> {
      try {
        const answer = await attempt(call)
        const value = call.read(answer.data, answer.status, answer.headers as Fields)
        if (value !== undefined) return value
        throw new GitHubFailure(
          'an answer that is not one of its API',
          answer.status,
          answer.headers,
          answer.data
        )
      } catch (error) {
        const failure = toFailure(error)
        if (failure.status !== 401 || current + 1 >= clients.length) throw failure
        current += 1
        return this.send(call)
      }
    }
  }
}

function octokitFor(apiUrl: string, token: string) {
  const silent = () => undefined
  return getOctokit(token, {
    baseUrl: apiUrl,
    userAgent: `deploy-status-action/${VERSION}`,
    // Octokit prints deprecations to the console, where a server's text could become a command.
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: transport(defaults.request?.['agent']) }
  })
}
