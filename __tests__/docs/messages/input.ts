import { event } from '../../../simulator/events/index.ts'
import type { RunnerEvent } from '../../../simulator/runner/index.ts'
import type { MessageCase } from '../../support/catalogue.ts'

type Given = Readonly<Record<string, string>>

const bad = (key: string, inputs: Given, more: Partial<MessageCase> = {}): MessageCase => ({
  key,
  inputs,
  ...more
})
const on = (key: string, of: RunnerEvent, inputs: Given = {}): MessageCase => ({ key, inputs, event: of })

const NOT_ALLOWED = '…: expected …, got "…"'
const CONTROL = 'without control or invisible characters'

/** Invalid inputs. No request is sent. */
export const INPUT: Readonly<Record<string, MessageCase>> = {
  mode: bad(NOT_ALLOWED, { mode: 'stop' }),
  'token, empty': bad('token: expected a token, got an empty value', { token: '' }),
  'token, with a line break': bad('token: the character at position … is not allowed in a token', {
    token: 'ghs_a\nb'
  }),
  "another repository with the workflow's token": bad("which is not the workflow's repository", {
    repository: 'a/b',
    ref: 'main'
  }),
  'another repository without a ref': bad('ref: set a branch, tag or SHA of', {
    repository: 'a/b',
    token: 'ghp_mine'
  }),
  repository: bad(NOT_ALLOWED, { repository: 'acme' }),
  'repository, a URL': bad('Did you mean', { repository: 'https://github.com/a/b.git' }),
  'deployment-id': bad(NOT_ALLOWED, { 'deployment-id': '1e3' }),
  'log-url': bad('expected an http or https URL', { 'log-url': 'javascript:alert(1)' }),
  'environment-url': bad('expected an http or https URL', { 'environment-url': 'qa.example.com' }),
  'environment-url, with a password': bad('expected a URL without a user name or password', {
    'environment-url': 'https://u:p@example.com'
  }),
  'environment-url, with a space': bad('expected a URL without spaces', {
    'environment-url': 'https://example.com/a b'
  }),
  'environment-url, too long': bad('expected a URL of at most 2048 characters', {
    'environment-url': `https://example.com/${'a'.repeat(2048)}`
  }),
  timeout: bad(NOT_ALLOWED, { timeout: '1.5' }),
  'timeout, too long': bad(NOT_ALLOWED, { timeout: '86401' }),
  'a boolean': bad(NOT_ALLOWED, { 'dry-run': 'yes' }),
  'environment, not given': bad('environment: expected a name such as "production", got none', {
    environment: ''
  }),
  'environment, too long': bad(NOT_ALLOWED, { environment: 'e'.repeat(256) }),
  'environment, with a control character': bad(CONTROL, { environment: 'q\u202ea' }),
  'environment, with a path in it': bad(NOT_ALLOWED, { environment: 'a/../b' }),
  ref: bad(CONTROL, { ref: 'a\u0007b' }),
  task: bad(NOT_ALLOWED, { task: 't'.repeat(256) }),
  state: bad(NOT_ALLOWED, { mode: 'finish', state: 'deployed' }),
  'state, an empty list': bad(NOT_ALLOWED, { mode: 'finish', state: '[]' }),
  'step: finish of another action': bad('step: use … instead of', {}, { env: { INPUT_STEP: 'finish' } }),
  'step: delete-env of another action': bad('step: use … instead of', {}, { env: { INPUT_STEP: 'delete-env' } }),
  'inputs of another action': bad(
    'Inputs of another action are set',
    { environment: '' },
    { env: { INPUT_STEP: 'start', INPUT_ENV: 'qa' } }
  ),
  'state beside run': bad('state: not allowed together with "run"', {
    run: 'true',
    state: 'success'
  }),
  'auto-merge without ref': bad('auto-merge: also set "ref"', { 'auto-merge': 'true' }),
  'payload, invalid JSON': bad('payload: expected …', { payload: '{bad' }),
  'payload, a list': bad('payload: expected …', { payload: '[1]' }),
  'payload, null': bad('payload: expected …', { payload: 'null' }),
  'payload, too large': bad('payload: expected …', {
    payload: JSON.stringify({ a: 'x'.repeat(32 * 1024) })
  }),
  'payload, too deep': bad('payload: expected …', {
    payload: `${'{"a":'.repeat(21)}1${'}'.repeat(21)}`
  }),
  'payload, infinite': bad('payload: the number at … is too large', { payload: '{"n": 1e999}' }),
  'payload, a dangerous key': bad('payload: the key …', { payload: '{"__proto__": 1}' }),
  'keep with another delete': bad(NOT_ALLOWED, { mode: 'deactivate', keep: '1' }),
  'artifacts of deactivate: auto': bad('artifacts: "auto" is not possible', {
    mode: 'deactivate',
    artifacts: 'auto'
  }),
  'artifacts without a digest': bad('…: expected …, got "…"', { artifacts: 'app' }),
  'a comment without ref': on('ref: a comment has no commit', event('issue_comment', { onPullRequest: true })),
  'an event without a commit': bad('has no commit; set a branch, tag or SHA', {}, { env: { GITHUB_SHA: '' } }),
  'deactivate, a pattern that matches everything': bad(NOT_ALLOWED, {
    mode: 'deactivate',
    environment: '*'
  }),
  'deactivate, no environment': bad('environment: expected names or patterns', {
    mode: 'deactivate',
    environment: ''
  }),
  'an API URL that is not safe': bad(
    'expected an https URL without user, query or fragment',
    {},
    { env: { GITHUB_API_URL: 'http://10.0.0.1/api' } }
  ),
  'a proxy URL that is invalid': bad(
    'expected the URL of a proxy',
    {},
    { env: { GITHUB_API_URL: 'https://github.example/api/v3', https_proxy: 'socks5://proxy.example:1080' } }
  )
}
