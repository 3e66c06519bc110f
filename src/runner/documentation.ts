import type { Env } from './context.ts'

/**
 * The address of a page of this action's documentation at the version that runs, or the page's path if the runner
 * does not name the action's repository, such as for a local action.
 */
export function documentationLink(env: Env, page: string): string {
  const repository = env['GITHUB_ACTION_REPOSITORY'] ?? ''
  const ref = env['GITHUB_ACTION_REF'] ?? ''
  const isKnown = /^[\w-]+\/[\w.-]+$/.test(repository) && /^[\w./-]+$/.test(ref)
  const server = env['GITHUB_SERVER_URL'] || 'https://github.com'
  return isKnown ? `${server}/${repository}/blob/${ref}/${page}` : page
}
