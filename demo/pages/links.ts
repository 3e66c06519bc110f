import type { RepositoryStore } from '../../simulator/github/index.ts'
import { type Html, html } from './html.ts'

/** The URLs of a repository's pages, as on GitHub. */
export interface PageUrls {
  readonly repository: string
  readonly deployments: string
  environment(name: string): string
  pull(number: number): string
  run(id: number): string
  commit(sha: string): string
  compare(base: string, head: string): string
  /** The short SHA as a link to the commit. */
  commitLink(sha: string): Html
}

// Browsers resolve dots as folders, and GitHub reserves `activity_log`.
const NO_PATH = /^(\.{0,2}|activity_log)$/i

/** The URLs of a repository's pages. */
export function pageUrls({ state }: RepositoryStore): PageUrls {
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
    pull: number => `${root}/pull/${number}`,
    run: id => `${root}/actions/runs/${id}`,
    commit: sha => `${root}/commit/${encodeURIComponent(sha)}`,
    compare: (base, head) => `${root}/compare/${encodeURIComponent(base)}...${encodeURIComponent(head)}`,
    commitLink: sha => html`<a href="${root}/commit/${encodeURIComponent(sha)}"><code>${sha.slice(0, 7)}</code></a>`
  }
}
