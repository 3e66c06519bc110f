import type { ListedDeployment } from '../deployment/deployment.ts'
import { commaParts } from '../finalize/bare-comma.ts'
import { NOTHING_CHANGED } from '../finalize/error-context.ts'
import { isGlob } from '../lib/glob.ts'
import type { Deps } from '../mode.ts'

// A run lasts at most 35 days (https://docs.github.com/actions/reference/limits).
const MAX_AGE_MS = 40 * 24 * 3_600_000

/** Deployments young enough to belong to a run, newest first, page by page. */
export async function* listRecent(
  deps: Deps,
  environments: readonly string[]
): AsyncGenerator<readonly ListedDeployment[]> {
  const oldest = deps.now() - MAX_AGE_MS
  // With the parts of a name that has commas, since its author may have meant a list.
  const wanted = environments.flatMap(name => [name, ...commaParts(name)])
  const names = wanted.some(isGlob) ? [] : wanted
  for await (const page of deps.deployments.list(names, NOTHING_CHANGED)) {
    const young = page.filter(one => Date.parse(one.createdAt) >= oldest)
    yield young
    if (young.length < page.length) return
  }
}
