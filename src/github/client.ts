// biome-ignore assist/source/organizeImports: must be imported before @actions/github
import { showEventPath } from './event-path.ts'
import { getOctokit } from '@actions/github'
import type { Clock } from '../lib/clock.ts'
import { type JsonObject, parseJson, getText } from '../lib/json.ts'
import { VERSION } from '../version.ts'
import { GitHubFailure, NO_TOKEN, toFailure } from './failure.ts'
import { type Call, logWhileWaiting, retry } from './retry.ts'
import { openConnections } from './connection.ts'
import { type RequestLog, transport } from './transport.ts'
import type { HttpProxy } from '../runner/addresses.ts'

showEventPath()

// GitHub ends a request after 10 s, so its own 502 still arrives.
const ATTEMPT_MS = 15_000
const API_VERSION = '2022-11-28'

export interface Client {
  /** Sends a request, with retries. Throws a GitHubFailure. */
  send<T>(call: Call<T>): Promise<T>
  /** Waits between requests. `operation` completes "Still trying to …", for the log. */
  pause(milliseconds: number, operation: string): Promise<void>
}

export interface Connection {
  readonly apiUrl: string
  readonly proxy: HttpProxy | undefined
  /** The first is used; the next one after one of `fallbackStatuses`. */
  readonly tokens: readonly string[]
  readonly fallbackStatuses: readonly number[]
  readonly clock: Clock
  /** Milliseconds for one operation, waits and retries included. */
  readonly timeoutMs: number
  /** One line for the log, about a wait or a retry. */
  readonly log: (text: string) => void
  /** `undefined` if debug logging is off. */
  readonly requestLog: RequestLog | undefined
}

/** The client that sends all requests of the action, REST and GraphQL. */
export function connect(connection: Connection): Client {
  const { clock, tokens, apiUrl, proxy, requestLog } = connection
  const fetch = transport(openConnections(apiUrl, proxy), requestLog)
  const clients = tokens.filter(token => token !== '').map(token => octokitFor(apiUrl, token, fetch))
  let current = 0
  let rejected = ''

  const attempt = async <T>(call: Call<T>, budgetMs: number): Promise<T> => {
    const octokit = clients[current]
    if (!octokit) throw new GitHubFailure(NO_TOKEN, { isFinal: true })
    // A new signal for each attempt: after a time-out the old one has fired.
    const { signal, clear } = clock.deadline(Math.min(ATTEMPT_MS, budgetMs))
    try {
      const headers = { 'x-github-api-version': API_VERSION }
      const parameters = typeof call.parameters === 'function' ? call.parameters() : call.parameters
      // Octokit's own parser turns a large integer into a BigInt, which JSON.stringify rejects.
      const request = { signal, parseSuccessResponseBody: false }
      const answer = await octokit.request(call.route, { ...parameters, headers, request })
      const data = jsonOf(answer.data, answer.headers)
      const text = typeof answer.data === 'string' ? answer.data : ''
      const value = call.read(data, answer.status, answer.headers as JsonObject, text)
      if (value !== undefined) return value
      throw new GitHubFailure('a response that is not in the format of its API', { ...answer, data })
    } catch (error) {
      const failure = toFailure(error)
      const isRejected = connection.fallbackStatuses.includes(failure.status)
      if (!isRejected || current + 1 >= clients.length) {
        throw rejected ? failure.advised(`The first token was rejected too: ${rejected}.`) : failure
      }
      rejected = `GitHub answered ${failure.status} "${failure.message}"`
      connection.log(`The token was rejected (HTTP ${failure.status}), so \`fallback-token\` is used.`)
      current += 1
      return attempt(call, budgetMs)
    } finally {
      clear()
    }
  }
  const { log, during } = logWhileWaiting(clock, connection.log)
  const options = { ...connection, log }
  return {
    send: call => during(call, () => retry(options, call, budgetMs => attempt(call, budgetMs))),
    pause: (milliseconds, operation) => during({ operation, onUnknown: 'again' }, () => clock.sleep(milliseconds))
  }
}

/** The value of a JSON body; `undefined` for another content type. */
function jsonOf(body: unknown, headers: unknown): unknown {
  const isJson = /^application\/json *(;|$)/i.test(getText(headers, 'content-type'))
  return isJson && typeof body === 'string' ? parseJson(body) : undefined
}

function octokitFor(apiUrl: string, token: string, fetch: ReturnType<typeof transport>) {
  const silent = () => undefined
  return getOctokit(token, {
    baseUrl: apiUrl,
    userAgent: `deploy-status-action/${VERSION}`,
    // Octokit prints deprecations to the console, where a server's text could become a workflow command.
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch }
  })
}
