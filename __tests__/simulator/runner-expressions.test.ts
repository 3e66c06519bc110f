import { expect, test } from '@jest/globals'
import { interpolate, interpolateText, isTrue, type Scope } from '../../simulator/runner/expressions.ts'
import { matrixCombinations } from '../../simulator/runner/matrix.ts'
import { numberText } from '../../simulator/runner/values.ts'

const scope: Scope = {
  workspace: '.',
  status: { success: () => true, failure: () => false, cancelled: () => false },
  contexts: {
    github: { event: { labels: [{ name: 'a' }, { name: 'b' }], big: 51_000_000_001 }, ref: 'main' },
    steps: {},
    env: { EMPTY: '', ON: 'true' }
  }
}

test.each([
  ['plain', 'plain'],
  ['a ${{ github.ref }} b${{ github.ref }}', 'a main bmain'],
  ['${{ github.nothing.at.all }}', ''],
  ['${{ steps.later.outputs.url }}', ''],
  ['${{ true }}${{ null }}${{ 1.50 }}', 'true1.5'],
  ["${{ '}}' }}", '}}'],
  ["${{ 'it''s' }}", "it's"],
  ['${{ github.event.big }}', '51000000001'],
  ["${{ join(github.event.labels.*.name, ', ') }}", 'a, b'],
  ["${{ format('{0}-{1}', github.ref, 2) }}", 'main-2'],
  ["${{ github.ref == 'MAIN' && 'yes' || 'no' }}", 'yes'],
  ["${{ contains(fromJSON('[1, 2]'), 2) }}", 'true'],
  [12, '12'],
  [true, 'true'],
  [null, '']
])('evaluates %j to %j', (template, text) => {
  expect(interpolateText(template, scope)).toBe(text)
})

test.each([
  ['${{ github.event }}', 'A mapping was not expected'],
  ['${{ github.event.labels }}', 'A sequence was not expected'],
  ['${{ secrets.X }}', 'secrets'],
  ['${{ }}', 'An expression was expected'],
  ['${{ nonsense() }}', 'nonsense']
])('rejects %j', (template, message) => {
  expect(() => interpolateText(template, scope)).toThrow(message)
})

test('a single expression keeps its type, also in lists and maps', () => {
  expect(interpolate({ a: ["${{ fromJSON('[1]') }}", 'x${{ 1 }}'], b: 2 }, scope)).toEqual({
    a: [[1], 'x1'],
    b: 2
  })
})

test.each([
  [undefined, true],
  ['', true],
  [false, false],
  ['failure()', false],
  ['${{ failure() }}', false],
  ['!failure()', true],
  ["github.ref == 'main'", true],
  ['${{ github.nothing }}', false],
  ['env.EMPTY', false],
  ["'failure()' == 'x'", false],
  ["${{ github.ref }} == 'never'", true]
])('if: %j is %s', (condition, expected) => {
  expect(isTrue(condition, scope)).toBe(expected)
})

test('a condition without a status function requires success', () => {
  const failed = {
    ...scope,
    status: { ...scope.status, success: () => false, failure: () => true }
  }
  const conditions = ['true', 'always()', 'failure() && true', "contains('success()', 'x') == false"]
  expect(conditions.map(each => isTrue(each, failed as Scope))).toEqual([false, true, true, false])
})

test.each([
  [0, '0'],
  [-0, '0'],
  [1.5, '1.5'],
  [0.1 + 0.2, '0.3'],
  [123_456_789_012_345, '123456789012345'],
  [1_234_567_890_123_456, '1.23456789012346E+15'],
  [0.0001, '0.0001'],
  [0.00001, '1E-05'],
  [-12.25, '-12.25']
])('formats the number %d as %s', (number, text) => {
  expect(numberText(number)).toBe(text)
})

test('combines a matrix with include, and without lists', () => {
  expect(matrixCombinations({ include: [{ a: 1 }, { a: 2 }] })).toEqual([{ a: 1 }, { a: 2 }])
  expect(matrixCombinations(undefined)).toEqual([{}])
  expect(matrixCombinations({ a: [1, 2], include: [{ b: 3 }] })).toEqual([
    { a: 1, b: 3 },
    { a: 2, b: 3 }
  ])
})
