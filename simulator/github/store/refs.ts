export interface RefTable {
  refs: Map<string, string>
  commits: Set<string>
  anyCommit: boolean
}

export interface ResolvedRef {
  sha: string
  /** Undefined when the ref was a SHA. */
  fullRef: string | undefined
}

const FULL_SHA = /^[0-9a-f]{40}$/i

/** What `ref` names, or undefined: GitHub then says `No ref found for`. Short SHAs are refused. */
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
