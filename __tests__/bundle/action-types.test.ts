import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { FINAL_STATES, UNFINISHED_STATES } from '../../src/deployment/deployment.ts'
import { readInputs } from '../../src/inputs/inputs.ts'
import { ROOT } from '../support/scenario.ts'

interface Typed {
  readonly type: string
  readonly 'allowed-values'?: readonly string[]
}

interface Manifest<T> {
  readonly inputs: Readonly<Record<string, T>>
  readonly outputs: Readonly<Record<string, T>>
}

const read = <T>(file: string): Manifest<T> => parse(readFileSync(join(ROOT, file), 'utf8'))
const action = read<{ default?: string }>('action.yml')
const types = read<Typed>('action-types.yml')

const NONSENSE = 'nonsense'
const BASE: Readonly<Record<string, string>> = { token: 't', environment: 'qa', ref: 'main', delete: 'deployments' }

/** The text after "expected" in the error for an invalid value of an input, or undefined if the value is valid. */
function expectedFor(name: string): string | undefined {
  const given: Readonly<Record<string, string>> = { ...BASE, [name]: NONSENSE }
  const workflow = { repository: 'octo-org/octo-repo', isReadOnly: false }
  for (const mode of ['start', 'deactivate']) {
    try {
      readInputs(
        input => given[input] ?? (input === 'mode' ? mode : ''),
        workflow,
        () => undefined
      )
    } catch (error) {
      return /expected (.*), got "nonsense"/.exec(String(error))?.[1]
    }
  }
  return undefined
}

/** The type that the source gives an input, as far as its error shows it. */
function typeInSource(name: string): Typed {
  const expected = expectedFor(name) ?? ''
  if (expected === 'true or false') return { type: 'boolean' }
  if (/\b(integer|seconds)\b/.test(expected)) return { type: 'integer' }
  if (!/^[\w-]+(, [\w-]+)* or [\w-]+$/.test(expected)) return { type: 'string' }
  return { type: 'enum', 'allowed-values': expected.split(/, | or /) }
}

// The source accepts lists and JSON as text for these.
const TEXT = ['state', 'artifacts', 'required-contexts']

test('action-types.yml has the inputs and outputs of action.yml, in the same order', () => {
  expect(Object.keys(types.inputs)).toEqual(Object.keys(action.inputs))
  expect(Object.keys(types.outputs)).toEqual(Object.keys(action.outputs))
})

test('the types of the inputs are those that the source accepts', () => {
  const names = Object.keys(types.inputs).filter(name => !TEXT.includes(name))
  const expected = names.map(name => [name, typeInSource(name)])
  expect(Object.fromEntries(names.map(name => [name, types.inputs[name]]))).toEqual(Object.fromEntries(expected))
})

test('every default belongs to the type of its input', () => {
  for (const [name, { default: value }] of Object.entries(action.inputs)) {
    const { type, 'allowed-values': allowed } = types.inputs[name] ?? { type: 'none' }
    if (value === undefined || value.startsWith('${{')) continue
    if (type === 'boolean') expect([name, value]).toEqual([name, expect.stringMatching(/^(true|false)$/)])
    else if (type === 'integer') expect([name, value]).toEqual([name, expect.stringMatching(/^\d+$/)])
    else expect([name, allowed]).toEqual([name, expect.arrayContaining([value])])
  }
})

test('the output "state" has each state of the source', () => {
  expect(types.outputs['state']?.['allowed-values']).toEqual([...UNFINISHED_STATES, ...FINAL_STATES])
})
