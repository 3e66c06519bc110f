// biome-ignore assist/source/organizeImports: it has to come before the module that it protects from.
import { showEventPath } from './event-path.ts'
import { getOctokit } from '@actions/github'
import { defaults } from '@actions/github/lib/utils'
import type { Clock } from '../lib/clock.ts'
import { type JsonObject, parseJson, getText } from '../lib/json.ts'
import { VERSION } from '../version.ts'
import { GitHubFailure, toFailure } from './failure.ts'
import { type Call, retry } from './retry.ts'
import type { Watch } from './transport.ts'
import { keepingAgent, transport } from './transport.ts'

showEventPath()

// GitHub cuts a request after 10 s, so its own 502 can still arrive.
const ATTEMPT_MS = 15_000
const API_VERSION = '2022-11-28'

export interface Client {
  /** Sends a request until GitHub has done it, or has said no. Throws a GitHubFailure. */
  send<T>(call: Call<T>): Promise<T>
}

export interface Connection {
  readonly apiUrl: string
  /** The first is used; the next ones, in turn, where GitHub answers 401. */
  readonly tokens: readonly string[]
  readonly clock: Clock
  /** Milliseconds that one operation may take, waits and repeats included. */
  readonly timeoutMs: number
  /** One line for the log, about a wait or a repetition. */
  readonly log: (text: string) => void
  /** Looks on at every request, where somebody reads the debug log. */
  readonly watch: Watch | undefined
}

/** The one door to GitHub: every request of the action goes through it, REST and GraphQL alike. */
export function connect(connection: Connection): Client {
  const { clock, tokens, apiUrl } = connection
  const clients = tokens.map(token => octokitFor(apiUrl, token, connection.watch))
  let current = 0

  const attempt = async <T>(call: Call<T>, budgetMs: number): Promise<T> => {
    const octokit = clients[current]
    if (!octokit) throw new GitHubFailure('there is no token to send', { isFinal: true })
    // Each attempt has its own signal: one that is shared has already fired when the second begins.
    const { signal, clear } = clock.deadline(Math.min(ATTEMPT_MS, budgetMs))
    try {
      const headers = { 'x-github-api-version': API_VERSION }
      const given = typeof call.parameters === 'function' ? call.parameters() : call.parameters
      // Octokit's own parser makes a BigInt of a big integer, which no output or payload can be written with.
      const request = { signal, parseSuccessResponseBody: false }
      const answer = await octokit.request(call.route, { ...given, headers, request })
      const data = jsonOf(answer.data, answer.headers)
      const value = call.read(data, answer.status, answer.headers as JsonObject)
      if (value !== undefined) return value
      throw new GitHubFailure('an answer that is not one of its API', { ...answer, data })
    } catch (error) {
      const failure = toFailure(error)
      if (failure.status !== 401 || current + 1 >= clients.length) throw failure
      current += 1
      return attempt(call, budgetMs)
    } finally {
      clear()
    }
  }
  return { send: call => retry(connection, call, budgetMs => attempt(call, budgetMs)) }
}

/** The value of a body that is told to be JSON, as Octokit would have it; `undefined` for any other. */
function jsonOf(body: unknown, headers: unknown): unknown {
  const isJson = /^application\/json *(;|$)/i.test(getText(headers, 'content-type'))
  return isJson && typeof body === 'string' ? parseJson(body) : undefined
}

function octokitFor(apiUrl: string, token: string, watch: Watch | undefined) {
  const silent = () => undefined
  return getOctokit(token, {
    baseUrl: apiUrl,
    userAgent: `deploy-status-action/${VERSION}`,
    // Octokit prints deprecations to the console, where a server's text could become a command.
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: transport(agentFor(apiUrl), watch) }
  })
}

/** The proxy's agent, made by `@actions/github` from the runner's variables; else one of our own. */
function agentFor(apiUrl: string) {
  const agent = defaults.request?.['agent']
  // Without a proxy it is Node's plain one, which makes a connection anew for each request.
  const isPlain = agent?.protocol !== undefined
  return isPlain || !agent ? keepingAgent(apiUrl) : agent
}
