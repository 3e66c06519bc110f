import { errorAnswer } from './http/answers.ts'
import { fullName, type RepositoryState } from './store/state.ts'
import type { Answer, Level, TokenGrant } from './types.ts'

export const DEFAULT_TOKENS: Record<string, TokenGrant> = {
  ghs_local: {
    kind: 'github-token',
    permissions: { deployments: 'write', contents: 'read', actions: 'read', metadata: 'read' }
  }
}

/** The token in an `authorization` header. GitHub accepts `Bearer` and `token`. */
export const readToken = (authorization: string | undefined): string | undefined =>
  /^(?:bearer|token) +(\S+)$/i.exec(authorization ?? '')?.[1]

export const unauthorized = (token: string | undefined): Answer =>
  errorAnswer(401, { message: token === undefined ? 'Requires authentication' : 'Bad credentials' })

/** Whether the token has access to the repository. If not, GitHub answers 404. */
export const canSee = (grant: TokenGrant, repository: RepositoryState): boolean =>
  grant.repositories === undefined ||
  grant.repositories.some(each => each.toLowerCase() === fullName(repository).toLowerCase())

/** Whether a token has a permission such as `deployments=write`. */
export function isAllowed(grant: TokenGrant, permission: string): boolean {
  const [name = '', needed] = permission.split('=')
  const level = levelOf(grant, name)
  return level === 'write' || level === needed
}

function levelOf(grant: TokenGrant, name: string): Level {
  if (name === 'metadata') return 'read'
  // Workflows write `pull-requests`, the API `pull_requests`.
  return grant.permissions[name] ?? grant.permissions[name.replaceAll('_', '-')] ?? 'none'
}

/** GitHub's message for a missing permission. */
export const notAccessible = (grant: TokenGrant): string =>
  grant.kind === 'pat' || grant.kind === 'fine-grained'
    ? 'Resource not accessible by personal access token'
    : 'Resource not accessible by integration'
