import type { RepositoryStore } from '../../simulator/github/index.ts'
import { type Html, html } from './html.ts'

/** Where the pages of a repository are, as on GitHub. */
export interface Places {
  readonly repository: string
  readonly deployments: string
  environment(name: string): string
  commit(sha: string): string
  /** Its short name, leading to its page. */
  commitLink(sha: string): Html
}

// Browsers take dots for folders, and GitHub has the last one for itself.
const NO_PATH = /^(\.{0,2}|activity_log)$/i

/** The addresses of a repository's pages, and links to them. */
export function placesOf({ state }: RepositoryStore): Places {
  const root = `/${encodeURIComponent(state.owner)}/${encodeURIComponent(state.name)}`
  return {
    repository: `${state.owner}/${state.name}`,
    deployments: `${root}/deployments`,
    environment: name => {
      const part = encodeURIComponent(name.toWellFormed())
      return NO_PATH.test(name)
        ? `${root}/deployments/activity_log?environments_filter=${part}`
        : `${root}/deployments/${part}`
    },
    commit: sha => `${root}/commit/${encodeURIComponent(sha)}`,
    commitLink: sha =>
      html`<a href="${root}/commit/${encodeURIComponent(sha)}"><code>${sha.slice(0, 7)}</code></a>`
  }
}
