import { InputError } from '../lib/errors.ts'
import { sanitizeLine } from '../lib/text.ts'
import { badInput, boolean, type ReadInput, url, wholeNumber } from './parsers.ts'
import type { CommonInputs } from './types.ts'

const MAX_TIMEOUT_SECONDS = 86_400

/** The inputs that every mode has. */
export function readCommon(read: ReadInput, ownRepository: string): CommonInputs {
  const repository = readRepository(read('repository') || ownRepository)
  const token = readToken(read('token'))
  const fallbackToken = read('fallback-token')
  if (!sameRepository(repository, ownRepository) && token === fallbackToken) {
    throw new InputError(
      `token: ${repository} is another repository than the workflow's, which the workflow's own token cannot write to; give a token of an App or a person`
    )
  }
  return {
    token,
    fallbackToken,
    repository,
    deploymentId: wholeNumber(read, 'deployment-id', 1),
    logUrl: url(read, 'log-url'),
    checkRunId: readCheckRunId(read('check-run-id')),
    timeoutMs: readTimeout(read) * 1000,
    failOnError: boolean(read, 'fail-on-error', true),
    dryRun: boolean(read, 'dry-run', false),
    summary: boolean(read, 'summary', true),
    description: read('description'),
    jobStatus: read('job-status')
  }
}

export const sameRepository = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase()

function readRepository(value: string): string {
  const [owner = '', name = '', ...rest] = value.split('/')
  const isPlain =
    /^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}$/.test(owner) && /^[A-Za-z0-9._-]{1,100}$/.test(name)
  if (isPlain && rest.length === 0 && name !== '.' && name !== '..') return value
  const meant = /^https?:\/\/[^/]+\/([^/]+\/[^/]+?)(\.git)?\/?$/.exec(value)?.[1]
  const hint = meant ? `. Did you mean "${sanitizeLine(meant, 64)}"?` : ''
  throw new InputError(`${badInput('repository', 'owner/name', value).message}${hint}`)
}

/** Checks that a token can be sent in a header; says where it cannot, and nothing else of it. */
function readToken(token: string): string {
  if (token === '') {
    throw new InputError(
      'token: expected a token, got none; leave the input out to use the workflow\'s own, and give the job "permissions: deployments: write"'
    )
  }
  const position = token.search(/[^\x21-\x7e]/)
  if (position >= 0) {
    throw new InputError(
      `token: it has a character that cannot be sent (position ${position + 1}); it may have been pasted with a line break`
    )
  }
  return token
}

// Filled in by the runner: what it does not know or writes otherwise is simply not known.
const readCheckRunId = (value: string): number | undefined =>
  /^[1-9][0-9]{0,15}$/.test(value) ? Number(value) : undefined

function readTimeout(read: ReadInput): number {
  const seconds = wholeNumber(read, 'timeout', 1) ?? 120
  if (seconds > MAX_TIMEOUT_SECONDS) {
    throw badInput('timeout', `at most ${MAX_TIMEOUT_SECONDS} seconds`, `${seconds}`)
  }
  return seconds
}
