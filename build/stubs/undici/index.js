/**
 * Replaces undici, which `@actions/github` imports: 900 kB that each step would load. The
 * action's requests use `node:https`. The package may load this module, but sending a request with it is an error.
 */
function refuse() {
  throw new Error(
    'undici is not part of this action: requests go by src/github/transport.ts. A dependency uses it now; see "Where the time goes" in docs/design.md.'
  )
}

export const fetch = refuse
