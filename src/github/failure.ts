import { at, textAt } from '../parse.ts'
import { visible } from '../text.ts'
import { BrokenAnswer } from './transport.ts'

const MAX_DETAILS = 5

/** Why a request did not do what it was sent for, in GitHub's own words. Holds no header that was sent. */
export class GitHubFailure extends Error {
  override name = 'GitHubFailure'
  /** HTTP status; 0 where there was no answer. */
  readonly status: number
  readonly requestId: string
  /** What the token would need, as GitHub names it: `deployments=write`. */
  readonly acceptedPermissions: string
  /** The parsed body, of unknown shape. */
  readonly data: unknown

  constructor(message: string, status: number, headers: unknown, data: unknown, cause?: unknown) {
    super(message, { cause })
    this.status = status
    this.requestId = visible(textAt(headers, 'x-github-request-id'), 100)
    this.acceptedPermissions = visible(textAt(headers, 'x-accepted-github-permissions'), 200)
    this.data = data
  }
}

/** What Octokit or Node threw, as one kind of failure. */
export function toFailure(error: unknown): GitHubFailure {
  if (error instanceof GitHubFailure) return error
  const response = at(error, 'response')
  if (response === undefined) return unanswered(error)
  const status = Number(at(error, 'status'))
  const data = at(response, 'data')
  return new GitHubFailure(saidBy(data), status, at(response, 'headers'), data, error)
}

/** GitHub's message and the first of its details; `errors` may be a list of objects, of texts, or a text. */
function saidBy(data: unknown): string {
  const message = textAt(data, 'message')
  if (message === '') return 'an answer that is not one of its API'
  const errors = at(data, 'errors')
  const listed = Array.isArray(errors) ? errors : errors === undefined ? [] : [errors]
  const details = listed.map(detailOf).filter(detail => detail !== '')
  const shown = details.slice(0, MAX_DETAILS).join('; ')
  return visible(shown === '' ? message : `${message}: ${shown}`)
}

function detailOf(error: unknown): string {
  if (typeof error === 'string') return error
  const contexts = at(error, 'contexts')
  if (Array.isArray(contexts)) {
    const open = contexts.filter(context => textAt(context, 'state') !== 'success')
    return open
      .map(context => `${textAt(context, 'context')} is ${textAt(context, 'state')}`)
      .join(', ')
  }
  const message = textAt(error, 'message')
  return (
    message || [textAt(error, 'field'), textAt(error, 'code')].filter(text => text).join(' is ')
  )
}

function unanswered(error: unknown): GitHubFailure {
  const cause = at(error, 'cause') ?? error
  if (cause instanceof BrokenAnswer)
    return new GitHubFailure(cause.message, 0, {}, undefined, error)
  const code = textAt(cause, 'code') || textAt(error, 'code')
  const name = textAt(cause, 'name') || textAt(error, 'name')
  if (name === 'TimeoutError' || name === 'AbortError' || code === 'ABORT_ERR') {
    return new GitHubFailure('no answer in time', 0, {}, undefined, error)
  }
  const host = textAt(cause, 'hostname') || textAt(cause, 'address')
  const reason = code
    ? `no connection (${code}${host ? ` ${host}` : ''})`
    : String(error instanceof Error ? error.message : error)
  return new GitHubFailure(visible(reason, 200), 0, {}, undefined, error)
}
