/**
 * Replaces undici, which `@actions/github` and `@actions/http-client` import: 900 kB that each step would load. The
 * action's requests use `node:https`. The packages may load this module, but sending a request with it is an error.
 */
function refuse() {
  throw new Error(
    'undici is not part of this action: requests go by src/github/transport.ts. A dependency uses it now; see "Where the time goes" in docs/design.md.'
  )
}

/** `@actions/github` creates one when it is loaded behind a proxy, for a `fetch` that is never called. */
export function ProxyAgent() {
  return new Proxy({}, { get: refuse, set: refuse })
}

export const fetch = refuse
