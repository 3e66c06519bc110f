import { fullName, type RepositoryState } from '../store/state.ts'

/** Base URLs of the API (`…/api/v3` on GHES) and of web pages. */
export interface Links {
  api: string
  server: string
}

export const repositoryUrl = (links: Links, repository: RepositoryState): string =>
  `${links.api}/repos/${fullName(repository)}`
