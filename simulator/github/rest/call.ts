import type { Actor } from '../model.ts'
import type { DeploymentChange } from '../store/change.ts'
import type { RepositoryState } from '../store/state.ts'
import type { Links } from './links.ts'

/** A valid, authorized request. */
export interface Call {
  repository: RepositoryState
  params: Record<string, string>
  query: Record<string, string>
  body: Record<string, unknown>
  actor: Actor
  /** Base URLs of the API (`…/api/v3` on GHES) and of web pages. */
  links: Links
  docs: string
  emit(change: DeploymentChange): void
}
