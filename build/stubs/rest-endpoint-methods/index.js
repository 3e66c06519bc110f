/**
 * Replaces the plugin with one method for each of GitHub's routes that `@actions/github` imports: 100 kB that each step
 * would load. The action uses `octokit.request`. Using one of the methods is an error.
 */
export function restEndpointMethods() {
  const refuse = () => {
    throw new Error('octokit.rest is not part of this action: use src/github/rest.ts.')
  }
  return { rest: new Proxy({}, { get: refuse }) }
}
