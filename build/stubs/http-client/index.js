/**
 * Replaces `@actions/http-client`, which `@actions/github` loads to find a proxy: 42 kB, with the `tunnel` package. The
 * action's connections are its own (src/github/connection.ts). Sending a request with this client is an error.
 */
function refuse() {
  throw new Error(
    '@actions/http-client is not part of this action: requests go by src/github/transport.ts. A dependency uses it now; see "Where the time goes" in docs/design.md.'
  )
}

export class HttpClient {
  /** `@actions/github` asks for them when it is loaded, for a `fetch` that is never called. */
  getAgent() {}
  getAgentDispatcher() {}
  request = refuse
  getJson = refuse
}

export class BearerCredentialHandler {
  prepareRequest = refuse
}
