import { expect, test } from '@jest/globals'
import { readInputs } from '../../src/inputs/inputs.ts'
import { act, annotationsOf } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'

type Inputs = Record<string, string>
/** Inputs, and what the one error has to say: the input's name first. */
type Case = readonly [inputs: Inputs, name: string, ...says: string[]]

const IN_START: Inputs = { environment: 'qa' }
const FINISH: Inputs = { mode: 'finish', 'deployment-id': '7' }
const DEACTIVATE: Inputs = { mode: 'deactivate', environment: 'qa' }

const start = (name: string, value: string, ...says: string[]): Case => [{ ...IN_START, [name]: value }, name, ...says]
const finish = (name: string, value: string, ...says: string[]): Case => [{ ...FINISH, [name]: value }, name, ...says]
const deactivate = (name: string, value: string, ...says: string[]): Case => [
  { ...DEACTIVATE, [name]: value },
  name,
  ...says
]

const LISTS: Case[] = [
  start('mode', 'stat', 'stat', 'start', 'finish', 'deactivate'),
  start('initial-state', 'success', 'success', 'in_progress', 'queued', 'pending'),
  start('cancelled-state', 'cancelled', 'cancelled', 'inactive', 'failure', 'error'),
  start('auto-inactive', 'yes', 'yes', 'true', 'false', 'all', 'task'),
  [{ ...IN_START, run: 'true', shell: 'zsh' }, 'shell', 'zsh', 'bash', 'pwsh', 'python'],
  finish('cancelled-state', 'success', 'success', 'failure, error or inactive'),
  finish('auto-inactive', 'none', 'none', 'task'),
  deactivate('delete', 'all', 'all', 'none', 'deployments', 'environment')
]

const STATES: Case[] = [
  finish('state', 'succes', 'succes', 'success', 'failure', 'cancelled', 'skipped'),
  finish('state', 'waiting', 'waiting', 'in_progress'),
  finish('state', 'success, nonsense', 'nonsense'),
  finish('state', '["success","oops"]', 'oops'),
  finish('state', '{"build":{"result":"gone"}}', 'gone'),
  finish('state', '{}', '{}'),
  finish('state', '[]', '[]'),
  start('state', 'queued', 'queued', 'success'),
  start('state', 'in_progress', 'in_progress'),
  start('state', 'failed', 'failed', 'failure'),
  [{ ...IN_START, run: 'true', state: 'success' }, 'state', 'run']
]

const NUMBERS: Case[] = [
  ...['abc', '0', '12345678901234567'].map(id => finish('deployment-id', id, id, 'positive')),
  start('deployment-id', 'latest', 'latest'),
  deactivate('deployment-id', '007', '007'),
  ...['0', 'soon'].map(value => start('timeout', value, value)),
  [{ ...DEACTIVATE, delete: 'deployments', keep: '-1' }, 'keep', '-1'],
  [{ ...DEACTIVATE, delete: 'deployments', keep: 'all' }, 'keep', 'all'],
  deactivate('keep', '2', '2', 'delete'),
  [{ ...DEACTIVATE, delete: 'environment', keep: '1' }, 'keep', 'deployments']
]

const DIGEST = `sha256:${'a'.repeat(64)}`
const ARTIFACTS: Case[] = [
  start('artifacts', 'app', 'app', 'auto', '@sha256:'),
  start('artifacts', 'app@sha256:123', 'app@sha256:123'),
  start('artifacts', `@${DIGEST}`, '@sha256:aaa'),
  start('artifacts', `my app@${DIGEST}`, 'my app@sha256:aaa'),
  start('artifacts', `app@${DIGEST}\nauto`, 'got "auto"'),
  start('artifacts', `${'a'.repeat(257)}@${DIGEST}`, 'got "aaa'),
  finish('artifacts', 'app@', 'app@'),
  deactivate('artifacts', 'app@', 'app@'),
  deactivate('artifacts', 'auto', 'auto', 'mode: deactivate')
]

const BOOLEANS: Case[] = [
  start('auto-merge', 'tRue', 'tRue', 'true', 'false'),
  start('auto-finish', '0', '0', 'true', 'false'),
  start('transient-environment', 'no', 'no', 'true', 'false'),
  start('production-environment', 'on', 'on', 'true', 'false'),
  start('fail-on-error', 'never', 'never', 'true', 'false'),
  finish('dry-run', '1', '1', 'true', 'false'),
  deactivate('summary', 'yes', 'yes', 'true', 'false')
]

const URLS: Case[] = [
  start('environment-url', 'www.example.com', 'www.example.com', 'http'),
  start('environment-url', '/preview/7', '/preview/7', 'http'),
  start('environment-url', 'javascript:alert(1)', 'javascript', 'http'),
  start('environment-url', 'https:/example.com', 'https:/example.com'),
  start('environment-url', 'https://', 'https://'),
  finish('environment-url', 'data:text/html,x', 'data:text/html,x', 'http'),
  finish('log-url', 'ftp://example.com/log', 'ftp://example.com/log', 'http'),
  deactivate('log-url', 'log.txt', 'log.txt', 'http')
]

const NAMES: Case[] = [
  [{}, 'environment', 'production'],
  [{ environment: '   ' }, 'environment'],
  [{ mode: 'deactivate' }, 'environment'],
  start('environment', 'e'.repeat(256), '255'),
  deactivate('environment', `qa,${'e'.repeat(256)}`, '255'),
  ...['a\nb', 'a\u001b[31mb'].map(name => start('environment', name)),
  ...['a\u202eb', 'a\u200bb'].map(name =>
    start('environment', name, `U+${name.charCodeAt(1).toString(16).toUpperCase()}`)
  ),
  deactivate('environment', 'qa\npro\u202ed', 'U+202E'),
  start('auto-merge', 'true', 'ref'),
  ...['acme', 'a/b/c', '../x'].map(name => start('repository', name, name, 'owner/name')),
  start('repository', 'https://github.com/octo-org/other', 'owner/name', 'octo-org/other')
]

test.each([...LISTS, ...STATES, ...NUMBERS, ...BOOLEANS, ...ARTIFACTS, ...URLS, ...NAMES])(
  'an input error before the first request: %j',
  async (inputs, name, ...says) => {
    const github = await startGitHub()
    const run = await act(github, inputs)
    expect(github.requests.map(request => request.operation)).toEqual([])
    expect(run.exitCode).toBe(1)
    expect(run.annotations).toHaveLength(1)
    const [message = ''] = annotationsOf(run, 'error')
    expect(message).toMatch(new RegExp(`^${name}: `))
    for (const text of says) expect(message).toContain(text)
    expect(message).toMatch(/^[^\p{Cc}\u200b\u202e\u2066\ufeff]*$/u)
    expect(message.length).toBeLessThan(500)
  }
)

const WORKFLOW = { repository: 'octo-org/octo-repo', isReadOnly: false }

/** Reads inputs without a process. */
const read = (inputs: Inputs) =>
  readInputs(
    name => inputs[name]?.trim() ?? '',
    WORKFLOW,
    () => undefined
  )
const TOKEN = { token: 'ghs_local', environment: 'qa' }

test.each<[string, readonly string[]]>([
  ['deployment-id', ['-1', '1e3', '0x10', '９', '101; rm', '1.5', '+1', '007', '1 2', 'NaN', 'null']],
  ['timeout', ['-5', '1.5', '2m', '1e2', 'Infinity', '00']],
  ['repository', ['a/..', 'a/.', 'a%2fb/c', '/b', 'a/', 'a b/c', 'a/b\n', 'a\n/b', 'a/b?c', 'a\\b']],
  ['environment', ['a\tb', 'a\u0000b', 'a\u0085b', 'a\u2066b', 'a\ufeffb', 'a\u2028b', '..', 'a/../b']],
  ['task', ['a\nb', 'a\u202eb']],
  ['ref', ['a\nb', 'a\u0007b']],
  ['environment-url', ['http:/a', 'http:a', '//a', 'ws://a', 'file:///a', 'https://a b', 'about:blank']],
  ['auto-finish', ['y', 'n', 'on', 'off', 'yes', 'no', '1', 'tRUE', 'truee', 'null', '"true"']]
])('%s is never read out of %j', (name, values) => {
  for (const value of values.filter(each => each.trim() === each)) {
    expect(() => read({ ...TOKEN, [name]: value })).toThrow(new RegExp(`^${name}: `))
  }
})

test.each(['true', 'True', 'TRUE', ' true ', 'false', 'False', 'FALSE'])('%j is a boolean', value => {
  const { autoFinish } = Object(read({ ...TOKEN, 'auto-finish': value }))
  expect(autoFinish).toBe(/true/i.test(value))
})
