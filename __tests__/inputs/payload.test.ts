import { expect, test } from '@jest/globals'
import { payloadText, readOrigin, withOrigin } from '../../src/deployment/origin.ts'
import { idOfNode } from '../../src/github/graphql-list.ts'
import { act } from '../support/act.ts'
import { startGitHub } from '../support/scenario.ts'

const OURS = {
  v: 1,
  run_id: 17,
  run_attempt: 2,
  check_run_id: 4242,
  job: 'ship',
  ref: 'topic',
  pull_request: 5,
  auto_finish: false,
  transient: true,
  key: 'abc'
}
const ORIGIN = {
  runId: 17,
  runAttempt: 2,
  checkRunId: 4242,
  job: 'ship',
  ref: 'topic',
  refType: 'branch' as const,
  pullRequest: 5,
  autoFinish: false,
  transient: true,
  key: 'abc'
}
const whole = { own: 1, 'deploy-status-action': OURS }
const text = JSON.stringify(whole)

test.each([
  ['an object', whole],
  ['text', text],
  ['doubly encoded text', JSON.stringify(text)],
  ['an object whose own part is text', { 'deploy-status-action': JSON.stringify(OURS) }],
  ['a later version', { 'deploy-status-action': { ...OURS, v: 7, more: [] } }],
  ['no version', { 'deploy-status-action': { ...OURS, v: undefined } }],
  [
    'numbers as text',
    {
      'deploy-status-action': {
        ...OURS,
        ...{ run_id: '17', run_attempt: '2', check_run_id: '4242', pull_request: '5', v: '1' }
      }
    }
  ]
])('reads %s', (_, payload) => {
  expect(readOrigin(payload)).toEqual(ORIGIN)
})

test('fields that are missing or of another type are unknown', () => {
  const nothing = {
    ...{ runId: undefined, runAttempt: undefined, checkRunId: undefined, job: '', ref: '' },
    refType: 'unknown',
    ...{ pullRequest: undefined, autoFinish: undefined, transient: undefined, key: '' }
  }
  const odd = {
    ...{ run_id: -1, run_attempt: 1.5, check_run_id: '1e3', job: 7, ref: null },
    ...{ pull_request: {}, auto_finish: 'no', key: [] }
  }
  expect(readOrigin({ 'deploy-status-action': {} })).toEqual(nothing)
  expect(readOrigin({ 'deploy-status-action': odd })).toEqual(nothing)
})

test.each([
  [undefined],
  [null],
  [''],
  ['{"deploy-status-action":'],
  [7],
  [[whole]],
  [{}],
  [{ 'deploy-status-action': null }],
  [{ 'deploy-status-action': [OURS] }],
  [{ 'deploy-status-action': 'text' }],
  [Object.create(whole)]
])('%j is not a payload of this action', payload => {
  expect(readOrigin(payload)).toBeUndefined()
})

test('a written payload reads back the same, without unknown fields', () => {
  const sent = withOrigin('{"own":1}', ORIGIN)
  expect(JSON.parse(sent)).toEqual(whole)
  expect(readOrigin(sent)).toEqual(ORIGIN)
  const unknown = { ...ORIGIN, checkRunId: undefined, pullRequest: undefined }
  expect(Object.keys(JSON.parse(withOrigin('', unknown))['deploy-status-action'])).toEqual([
    ...['v', 'run_id', 'run_attempt', 'job', 'ref', 'auto_finish', 'transient', 'key']
  ])
})

test('the payload output is JSON, decoded once', () => {
  for (const payload of [text, JSON.stringify(text), JSON.stringify(JSON.stringify(text))]) {
    expect(payloadText(payload)).toBe(text)
  }
  expect([payloadText(''), payloadText('null')]).toEqual(['{}', '{}'])
  expect(payloadText('"free text"')).toBe('"free text"')
  expect(payloadText('{ "a": [1, {"b": 12345678901234567890}] }')).toBe('{"a":[1,{"b":12345678901234567890}]}')
})

/** A new id as GitHub writes it: a MessagePack list of 0, repository and item. */
const newId = (repository: number[], item: number[]): string =>
  `DE_${Buffer.from([0x93, 0, 0xce, ...repository, ...item]).toString('base64url')}`

test.each([
  [newId([1, 2, 3, 4], [0xce, 0, 0, 1, 0]), 256],
  [newId([1, 2, 3, 4], [0xce, 0xff, 0xff, 0xff, 0xff]), 4_294_967_295],
  [newId([1, 2, 3, 4], [0xcf, 0, 0, 0, 2, 0, 0, 0, 1]), 8_589_934_593],
  [Buffer.from('010:Deployment87972451').toString('base64'), 87_972_451],
  ['', undefined],
  ['DE_', undefined],
  ['not an id', undefined],
  [Buffer.from('010:Deployment').toString('base64'), undefined],
  [Buffer.from('010:DeploymentStatus7').toString('base64'), undefined]
])('the number in the global id %s', (nodeId, id) => {
  expect(idOfNode(nodeId)).toBe(id)
})

test.each([
  ['text', text],
  ['doubly encoded text', JSON.stringify(text)],
  ['earlier fields only', { 'deploy-status-action': { ref: 'topic' } }]
])('deactivate finds the kept name in a payload that is %s', async (_, payload) => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa', state: 'success', payload })
  const other = github.store.seedDeployment({
    ...{ environment: 'qa', state: 'success', autoInactive: false }
  })
  const run = await act(github, { mode: 'deactivate', environment: 'qa', ref: 'topic' })
  expect([run.exitCode, run.outputs['deactivated']]).toEqual([0, '1'])
  expect([id, other.id].map(github.store.stateOf)).toEqual(['inactive', 'success'])
})
