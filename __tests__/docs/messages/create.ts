import { event, HEAD_SHA } from '../../../simulator/events/index.ts'
import type { LocalGitHubOptions } from '../../../simulator/github/index.ts'
import { isCreate, type MessageCase, onCreate } from '../../support/catalogue.ts'
import { closeAtEnd } from '../../support/close-at-end.ts'
import { serverAt, startProxy, startSilent, startTls } from '../../support/proxy.ts'

const TOPIC = { 'refs/heads/main': 'ba5e'.repeat(10), 'refs/heads/topic': HEAD_SHA }
const readOnly = (kind: 'github-token' | 'fine-grained'): LocalGitHubOptions => ({
  tokens: { ghs_local: { kind, permissions: { deployments: 'read', contents: 'read' } } }
})
const INTEGRATION = 'Resource not accessible by integration'
const refused = (message: string, headers: Record<string, string> = {}) =>
  onCreate({ status: 403, headers, body: { message } })

/** Messages of a failed create. */
export const CREATE: Readonly<Record<string, MessageCase>> = {
  '401': { key: 'GitHub answered 401 "Bad credentials"', inputs: { token: 'ghs_other' } },
  '403, the permission is missing': {
    key: INTEGRATION,
    github: readOnly('github-token')
  },
  '403, GitHub does not say which permission': {
    key: INTEGRATION,
    answer: refused(INTEGRATION, { 'x-accepted-github-permissions': '' })
  },
  '403, another permission is missing': {
    key: INTEGRATION,
    answer: refused(INTEGRATION, { 'x-accepted-github-permissions': 'contents=write' })
  },
  '403, no permission is missing': {
    key: 'GitHub answered 403',
    answer: refused('Repository was archived so is read-only.', {
      'x-accepted-github-permissions': 'deployments=write'
    })
  },
  '403 of a personal token': {
    key: 'Resource not accessible by personal access token',
    github: readOnly('fine-grained')
  },
  '403 of a fork': {
    key: 'This run was triggered by a pull request from a fork',
    github: readOnly('github-token'),
    event: event('pull_request', { fork: 'someone/octo-repo' })
  },
  'an empty secret on a fork': {
    key: 'This run was triggered by a pull request from a fork',
    event: event('pull_request', { fork: 'someone/octo-repo' }),
    inputs: { token: '' }
  },
  '403 of Dependabot': {
    key: 'This run was triggered by Dependabot',
    github: readOnly('github-token'),
    event: event('pull_request', { sender: 'dependabot[bot]' }),
    env: { GITHUB_ACTOR: 'dependabot[bot]' }
  },
  '403, a secondary limit': {
    key: 'secondary rate limit',
    answer: refused('You have exceeded a secondary rate limit. Please wait a few minutes before you try again.', {
      'retry-after': '600'
    })
  },
  '403, the limit of the hour': {
    key: 'API rate limit exceeded',
    answer: (request, time) =>
      isCreate(request)
        ? {
            status: 403,
            headers: {
              'x-ratelimit-remaining': '0',
              'x-ratelimit-reset': String(Math.floor(time.now() / 1000) + 2400)
            },
            body: { message: 'API rate limit exceeded for installation ID 1.' }
          }
        : undefined
  },
  '429': {
    key: 'GitHub answered 429',
    answer: onCreate({
      status: 429,
      headers: { 'retry-after': '3600' },
      body: { message: 'Too many requests' }
    })
  },
  '404': {
    key: 'GitHub answered 404 "Not Found"',
    github: { tokens: { ghs_local: { permissions: {}, repositories: ['a/b'] } } }
  },
  '409, checks that are not green': {
    key: 'Commit status checks failed',
    github: { refs: TOPIC },
    inputs: { ref: 'topic', 'required-contexts': 'ci/test, lint' },
    arrange: github =>
      github.store.setContexts(HEAD_SHA, [
        { context: 'ci/test', state: 'failure' },
        { context: 'lint', state: 'success' }
      ])
  },
  '409, a merge conflict': {
    key: 'Conflict merging',
    github: { refs: TOPIC },
    inputs: { ref: 'topic', 'auto-merge': 'true' },
    arrange: github => github.store.setMerge('topic', 'conflict')
  },
  '202, merged instead': {
    key: 'Auto-merged',
    github: { refs: TOPIC },
    inputs: { ref: 'topic', 'auto-merge': 'true' },
    arrange: github => github.store.setMerge('topic', 'behind')
  },
  '422, no such ref': { key: 'No ref found for', inputs: { ref: 'feature/gone' } },
  '422, fifty errors': {
    key: 'GitHub answered 422 "Validation Failed',
    answer: onCreate({
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: Array.from({ length: 50 }, (_, index) => ({ field: `f${index}`, code: 'invalid' }))
      }
    })
  },
  '410, an unexpected status': {
    key: 'GitHub answered 410',
    answer: onCreate({ status: 410, body: { message: 'Gone' } })
  },
  '502, a page in HTML': {
    key: 'GitHub answered 502',
    answer: onCreate({ status: 502, body: '<html><body onload="x()">Bad Gateway</body></html>' })
  },
  '500, and the look-up fails too': {
    key: 'It is not known whether GitHub processed the request',
    answer: request =>
      isCreate(request)
        ? { status: 500, body: { message: 'Server Error' } }
        : request.path.startsWith('/repos/')
          ? { status: 403, body: { message: INTEGRATION } }
          : undefined
  },
  'a connection that is reset': { key: 'the connection was lost (ECONNRESET', answer: onCreate('reset') },
  'a server that hangs': {
    key: 'no answer in time',
    async answer(request, time) {
      if (!isCreate(request)) return undefined
      await time.hold(60_000, new AbortController().signal)
      return 'reset'
    }
  },
  'a connection that is rejected': {
    key: 'no connection (ECONNREFUSED',
    // No service listens on the discard port of a machine for tests.
    env: { GITHUB_API_URL: 'http://127.0.0.1:9', GITHUB_GRAPHQL_URL: 'http://127.0.0.1:9/graphql' }
  },
  'a proxy that refuses': {
    key: 'the proxy …',
    network: async () => ({
      ...serverAt('https://github.example'),
      https_proxy: closeAtEnd(await startProxy(0, { answer: () => 407 })).host
    })
  },
  'a proxy that is down': {
    key: 'the proxy …',
    env: { ...serverAt('https://github.example'), HTTPS_PROXY: 'http://127.0.0.1:9' }
  },
  'a certificate that is not trusted': {
    key: 'Set NODE_EXTRA_CA_CERTS',
    network: async () => serverAt(`https://127.0.0.1:${closeAtEnd(await startTls('http://127.0.0.1:9')).port}`)
  },
  'a TLS handshake without a response': {
    key: 'no connection in time',
    network: async time => serverAt(`https://127.0.0.1:${closeAtEnd(await startSilent(time.hold)).port}`)
  },
  'a response of another shape': {
    key: 'a response that is not in the format of its API',
    answer: onCreate({ status: 201, body: { id: 'x' } })
  },
  'a truncated response': {
    key: 'the connection was lost (ECONNRESET',
    answer: onCreate({
      answer: { status: 201, headers: {} },
      deliver(response) {
        response.writeHead(201, { 'content-type': 'application/json', 'content-length': '999' })
        response.write('{"id": 7, ', () => response.destroy())
      }
    })
  },
  'a redirect to another server': {
    key: 'GitHub redirects to …; not followed',
    answer: onCreate({ status: 307, headers: { location: 'https://elsewhere.example/x' } })
  },
  'with fail-on-error: false': {
    key: 'GitHub answered 422',
    inputs: { 'fail-on-error': 'false' },
    answer: onCreate({ status: 422, body: { message: 'Validation Failed' } })
  }
}
