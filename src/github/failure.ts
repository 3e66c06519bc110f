import { ActionError, messageOf } from '../lib/errors.ts'
import { get, getText } from '../lib/json.ts'
import { sanitizeLine } from '../lib/text.ts'
import { ConnectionError } from './connection.ts'
import { BrokenResponse, TooLargeResponse } from './transport.ts'

/** The message of a failure without a token to send. */
export const NO_TOKEN = 'there is no token to send'

const MAX_DETAILS = 5

export interface FailureFacts {
  readonly status?: number
  readonly headers?: unknown
  readonly data?: unknown
  readonly code?: string
  readonly isNotSent?: boolean
  readonly isFinal?: boolean
}

/** Why a request failed, with GitHub's message. Holds nothing that was sent. */
export class GitHubFailure extends Error {
  override name = 'GitHubFailure'
  /** HTTP status; 0 where there was no answer. */
  readonly status: number
  readonly requestId: string
  /** The permission that the token needs, as GitHub names it: `deployments=write`. */
  readonly acceptedPermissions: string
  /** The response headers. */
  readonly headers: unknown
  /** The parsed body, of unknown shape. */
  readonly data: unknown
  /** Node's error code, such as `ECONNREFUSED`. */
  readonly code: string
  /** Nothing of the request left this machine. */
  readonly isNotSent: boolean
  /** GitHub refused the request although the status is below 300 (202, GraphQL errors). */
  readonly isFinal: boolean

  constructor(message: string, facts: FailureFacts, cause?: unknown) {
    super(message, { cause })
    const { status = 0, headers = {}, data, code = '', isNotSent = false, isFinal = false } = facts
    this.status = status
    this.headers = headers
    this.code = code
    this.isNotSent = isNotSent
    this.isFinal = isFinal
    this.requestId = sanitizeLine(getText(headers, 'x-github-request-id'), 100)
    this.acceptedPermissions = sanitizeLine(getText(headers, 'x-accepted-github-permissions'), 200)
    this.data = data
  }

  /** What was tried, for the message. */
  advice = ''

  advised(advice: string): this {
    this.advice = advice
    return this
  }

  /** A few words for a line of the log. */
  get short(): string {
    return this.status > 0 ? `HTTP ${this.status}` : sanitizeLine(this.message, 100)
  }
}

/** Whether an answer was too large: a smaller page can help, and the same request cannot. */
export const isTooLarge = (error: unknown): boolean =>
  error instanceof GitHubFailure && error.cause instanceof TooLargeResponse

/** Converts what Octokit or Node threw. */
export function toFailure(error: unknown): GitHubFailure {
  if (error instanceof GitHubFailure) return error
  const response = get(error, 'response')
  if (response === undefined) return unanswered(error)
  const status = Number(get(error, 'status'))
  const data = get(response, 'data')
  const headers = get(response, 'headers')
  return new GitHubFailure(bodyMessage(data), { status, headers, data }, error)
}

/** GitHub's message and its first details. `errors` can be a list of objects or texts, or a text. */
function bodyMessage(data: unknown): string {
  const message = getText(data, 'message')
  if (message === '') return 'a response that is not in the format of its API'
  const errors = get(data, 'errors')
  const listed = Array.isArray(errors) ? errors : errors === undefined ? [] : [errors]
  const details = listed.map(detailOf).filter(detail => detail !== '')
  const shown = details.slice(0, MAX_DETAILS).join('; ')
  return sanitizeLine(shown === '' ? message : `${message}: ${shown}`)
}

function detailOf(error: unknown): string {
  if (typeof error === 'string') return error
  const contexts = get(error, 'contexts')
  if (Array.isArray(contexts)) {
    const open = contexts.filter(context => getText(context, 'state') !== 'success')
    return open.map(context => `${getText(context, 'context')} is ${getText(context, 'state')}`).join(', ')
  }
  const message = getText(error, 'message')
  return message || [getText(error, 'field'), getText(error, 'code')].filter(text => text).join(' is ')
}

function unanswered(error: unknown): GitHubFailure {
  // Octokit wraps the errors of Node, the transport and our parsers.
  const cause = get(error, 'cause') ?? error
  if (cause instanceof ActionError || cause instanceof BrokenResponse)
    return new GitHubFailure(cause.message, {}, cause)
  if (cause instanceof ConnectionError) {
    return new GitHubFailure(cause.message, { code: cause.code, isNotSent: true }, cause)
  }
  const code = getText(cause, 'code') || getText(error, 'code')
  const reason = code === '' ? messageOf(error) : `the connection was lost (${code})`
  return new GitHubFailure(sanitizeLine(reason, 200), { code }, error)
}
