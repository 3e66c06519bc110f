export interface RefTable {
  refs: Map<string, string>
  commits: Set<string>
  anyCommit: boolean
}

export interface ResolvedRef {
  sha: string
  /** Undefined for a SHA. */
  fullRef: string | undefined
}

const FULL_SHA = /^[0-9a-f]{40}$/i

/** Resolves a branch, tag or full SHA. Undefined if GitHub would answer `No ref found for`. */
export function resolveRef(table: RefTable, ref: string): ResolvedRef | undefined {
  for (const fullRef of [`refs/heads/${ref}`, `refs/tags/${ref}`, ref, `refs/${ref}`]) {
    const sha = table.refs.get(fullRef)
    if (sha !== undefined) return { sha, fullRef }
  }
  const sha = ref.toLowerCase()
  return FULL_SHA.test(ref) && isKnownCommit(table, sha) ? { sha, fullRef: undefined } : undefined
}

const isKnownCommit = (table: RefTable, sha: string): boolean =>
  table.anyCommit || table.commits.has(sha) || [...table.refs.values()].includes(sha)
