/**
 * Stands where `@actions/github` takes in Octokit's reader of pages, which trusts a looping `Link` header;
 * ours does not. Using it fails loudly.
 */
export function paginateRest() {
  return {
    paginate() {
      throw new Error('octokit.paginate is not part of this action: use src/github/rest.ts.')
    }
  }
}
