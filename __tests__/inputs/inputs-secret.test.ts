import { expect, test } from '@jest/globals'
import { act, annotationsOf } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'

const SECRET = 's3cretWord'
const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

/** What may hold a secret is refused without a word of it. */
async function refused(inputs: Record<string, string>, token?: string): Promise<string> {
  const github = await startGitHub()
  const run = await act(github, { environment: 'qa', ...inputs }, token === undefined ? {} : { contexts: { token } })
  expect(github.requests.map(request => request.operation)).toEqual([])
  expect(run.exitCode).toBe(1)
  expect(run.annotations).toHaveLength(1)
  const shown = (run.stdout + run.stderr + run.summary + JSON.stringify([run.state, run.outputs]))
    .split('\n')
    .filter(line => !line.startsWith('::add-mask::'))
    .join('\n')
  expect(shown).not.toContain(SECRET)
  return annotationsOf(run, 'error')[0] ?? ''
}

test.each([
  ['no JSON', `{"password": "${SECRET}"`, /JSON object/],
  ['YAML', `password: ${SECRET}`, /JSON object/],
  ['a list', `["${SECRET}"]`, /JSON object.*list/],
  ['a text', `"${SECRET}"`, /JSON object.*string/],
  ['a number', '42', /JSON object.*number/],
  ['null', 'null', /JSON object.*null/],
  ['true', 'true', /JSON object.*boolean/],
  ['two objects', `{"a":"${SECRET}"}{}`, /JSON object/],
  ['a comment', `{"a":"${SECRET}"} // why`, /JSON object/],
  ['over 32 KiB', JSON.stringify({ a: SECRET.repeat(3300) }), /32768|32 KiB/],
  ['over 32 KiB in bytes only', JSON.stringify({ a: 'é'.repeat(17_000) }), /32768|32 KiB/],
  ['too deep', nested(200), /level|deep/],
  ['__proto__', `{"__proto__": {"a": "${SECRET}"}}`, /__proto__/],
  ['__proto__ inside a list', `{"a": [{"__proto__": "${SECRET}"}]}`, /__proto__/],
  ['constructor', `{"a": {"constructor": {"b": "${SECRET}"}}}`, /constructor/],
  ['prototype', `{"prototype": "${SECRET}"}`, /prototype/],
  ['a number that is no number any more', '{"n": 1e999}', /payload: .*\bn\b/]
])('an invalid payload is an input error that does not quote it: %s', async (_, payload, message) => {
  const error = await refused({ payload })
  expect(error).toMatch(/^payload: /)
  expect(error).toMatch(message)
})

test.each([
  ['environment-url', `https://user:${SECRET}@example.com`],
  ['environment-url', `https://${SECRET}@example.com`],
  ['environment-url', `ftp://user:${SECRET}@example.com`],
  ['environment-url', `postgres://admin:${SECRET}@db.internal/app`],
  ['environment-url', `https:/user:${SECRET}@example.com`],
  ['log-url', `http://user:${SECRET}@example.com/log`],
  ['repository', `https://x-access-token:${SECRET}@github.com/octo-org/other`]
])('%s with a password is an input error that does not show it: %s', async (name, value) => {
  expect(await refused({ [name]: value })).toMatch(new RegExp(`^${name}: `))
})

test.each([
  ['a line break', `${SECRET}\nmore`],
  ['a carriage return in it', `${SECRET}\rmore`],
  ['a control character', `${SECRET}\u0001`.concat('x')],
  ['a typographic quote', `${SECRET}\u2019x`],
  ['a blank', `${SECRET} x`]
])('a token with %s is an input error that names the position', async (_, token) => {
  const message = await refused({ token })
  expect(message).toMatch(/^token: /)
  expect(message).toContain('11')
})

test.each([
  ['empty', { token: '' }],
  ['blank', { token: '  ' }]
])('a token that is %s is an input error that names the permission', async (_, inputs) => {
  const message = await refused(inputs)
  expect(message).toMatch(/^token: /)
  expect(message).toContain('deployments: write')
})

test('another repository without ref is an input error', async () => {
  const inputs = { repository: 'octo-org/other', token: 'ghs_other' }
  const message = await refused(inputs)
  expect(message).toMatch(/^ref: /)
  expect(message).toContain('octo-org/other')
})

test.each([[{ ref: 'main' }], [{ mode: 'finish', 'deployment-id': '7' }], [{ mode: 'deactivate' }]])(
  'another repository with GITHUB_TOKEN is an input error: %j',
  async inputs => {
    const message = await refused({ ...inputs, repository: 'octo-org/other' })
    expect(message).toMatch(/^token: /)
    expect(message).toContain('octo-org/other')
  }
)
