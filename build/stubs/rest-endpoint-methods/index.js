/**
 * Stands where `@actions/github` takes in a method for each of GitHub's routes: 100 kB for every step to
 * read, where ours go by `octokit.request`. Using one of the methods fails loudly.
 */
export function restEndpointMethods() {
  const refuse = () => {
    throw new Error('octokit.rest is not part of this action: use src/github/rest.ts.')
  }
  return { rest: new Proxy({}, { get: refuse }) }
}
