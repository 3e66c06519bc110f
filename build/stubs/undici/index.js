/**
 * Stands where `@actions/github` and `@actions/http-client` import undici: 900 kB that no request of ours
 * goes through. What they do with it when they load is let pass; what would send a request fails loudly.
 */
function refuse() {
  throw new Error(
    'undici is not part of this action: requests go by src/github/transport.ts. A dependency wants it now; see "Where the time goes" in docs/design.md.'
  )
}

/** Made by `@actions/github` when it loads behind a proxy, for a `fetch` that is never called. */
export function ProxyAgent() {
  // Whatever is looked up in it would be for a request.
  return new Proxy({}, { get: refuse, set: refuse })
}

export const fetch = refuse
