import { sameName } from '../deployment/deployment.ts'
import { InputError } from '../lib/errors.ts'
import { sanitizeLine } from '../lib/text.ts'
import { badInput, boolean, type ReadInput, url, wholeNumber } from './parsers.ts'
import type { CommonInputs, Workflow } from './types.ts'

const MAX_TIMEOUT_SECONDS = 86_400

/** Reads the inputs that all modes share. Throws an InputError for the first invalid one. */
export function readCommon(read: ReadInput, workflow: Workflow): CommonInputs {
  const repository = readRepository(read('repository') || workflow.repository)
  const token = readToken(read('token'), workflow)
  const fallbackToken = read('fallback-token')
  if (!sameName(repository, workflow.repository) && token !== '' && token === fallbackToken) {
    throw new InputError(
      `token: GITHUB_TOKEN cannot write to ${repository}, which is not the workflow's repository; use the token of a GitHub App or a personal access token`
    )
  }
  return {
    token,
    fallbackToken,
    repository,
    deploymentId: wholeNumber(read, 'deployment-id', 1),
    logUrl: url(read, 'log-url'),
    checkRunId: parseCheckRunId(read('check-run-id')),
    timeoutMs: readTimeout(read) * 1000,
    failOnError: boolean(read, 'fail-on-error') ?? true,
    dryRun: boolean(read, 'dry-run') ?? false,
    summary: boolean(read, 'summary') ?? true,
    description: read('description'),
    jobStatus: read('job-status'),
    actionStatus: read('action-status')
  }
}

function readRepository(value: string): string {
  const [owner = '', name = '', ...rest] = value.split('/')
  const isPlain = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,99}$/.test(owner) && /^[A-Za-z0-9._-]{1,100}$/.test(name)
  // No repository has a name that ends in `.git`.
  if (isPlain && rest.length === 0 && name !== '.' && name !== '..' && !/\.git$/i.test(name)) return value
  const fromUrl = /^(?:https?:\/\/[^/]+\/)?([^/]+\/[^/]+?)(\.git)?\/?$/i.exec(value)?.[1]
  const hint = fromUrl && fromUrl !== value ? `. Did you mean "${sanitizeLine(fromUrl, 64)}"?` : ''
  throw new InputError(`${badInput('repository', 'owner/name', value).message}${hint}`)
}

/**
 * Checks that a token can be sent in a header. The error contains nothing of the token. An empty token is an error,
 * except for runs that get no secrets.
 */
function readToken(token: string, { isReadOnly }: Workflow): string {
  if (token === '' && !isReadOnly) {
    throw new InputError(
      'token: expected a token, got an empty value; remove the input to use GITHUB_TOKEN, and give the job the permission "deployments: write"'
    )
  }
  const position = token.search(/[^\x21-\x7e]/)
  if (position >= 0) {
    throw new InputError(
      `token: the character at position ${position + 1} is not allowed in a token; check the secret for a pasted line break`
    )
  }
  return token
}

/** The check run that the runner fills in; `undefined` for anything else, such as the empty value of an old GHES. */
export const parseCheckRunId = (value: string): number | undefined =>
  /^[1-9][0-9]{0,15}$/.test(value) ? Number(value) : undefined

function readTimeout(read: ReadInput): number {
  const seconds = wholeNumber(read, 'timeout', 1) ?? 120
  if (seconds > MAX_TIMEOUT_SECONDS) {
    throw badInput('timeout', `at most ${MAX_TIMEOUT_SECONDS} seconds`, `${seconds}`)
  }
  return seconds
}
