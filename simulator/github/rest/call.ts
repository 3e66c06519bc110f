import type { Announcement } from '../events.ts'
import type { Actor } from '../model.ts'
import type { RepositoryState } from '../store/state.ts'
import { fullName } from '../store/state.ts'

/** One valid request of a token that may make it. */
export interface Call {
  repository: RepositoryState
  params: Record<string, string>
  query: Record<string, string>
  body: Record<string, unknown>
  actor: Actor
  /** Where the API answers (`…/api/v3` on GHES) and where its pages would be. */
  links: Links
  docs: string
  announce(announcement: Announcement): void
}

export interface Links {
  api: string
  server: string
}

export const repositoryUrl = (links: Links, repository: RepositoryState): string =>
  `${links.api}/repos/${fullName(repository)}`
