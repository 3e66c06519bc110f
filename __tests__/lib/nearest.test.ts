import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { readInputs } from '../../src/inputs/inputs.ts'
import { nearest } from '../../src/inputs/nearest.ts'
import { act, told } from '../support/act.ts'
import { startGitHub } from '../support/story.ts'

const FINISH = { mode: 'finish' }
const DEACTIVATE = { mode: 'deactivate' }

/** What the one error says was meant. */
function meantBy(inputs: Record<string, string>): string | undefined {
  const given: Record<string, string> = { token: 'ghs_local', environment: 'qa', ...inputs }
  try {
    readInputs(name => given[name] ?? '', 'octo-org/octo-repo')
  } catch (error) {
    const { message } = error as Error
    const [, meant] = /^\S+: expected .+, got "[^"]*"(?:\. Did you mean "(\w+)"\?)?$/.exec(
      message
    ) ?? ['', message]
    return meant
  }
  return 'no error'
}

test.each<[Record<string, string>, string | undefined]>([
  [{ mode: 'strat' }, 'start'],
  [{ mode: 'finsh' }, 'finish'],
  [{ mode: 'deactivate-env' }, 'deactivate'],
  [{ mode: 'stop' }, undefined],
  [{ ...FINISH, state: 'succes' }, 'success'],
  [{ ...FINISH, state: 'success, Canceled' }, 'cancelled'],
  [{ ...FINISH, state: '{"deploy": {"result": "failed"}}' }, 'failure'],
  [{ ...FINISH, state: 'in-progress' }, 'in_progress'],
  [{ ...FINISH, state: 'timeout' }, 'timed_out'],
  [{ ...FINISH, state: 'live' }, undefined],
  [{ state: 'in-progress' }, undefined],
  [{ ...DEACTIVATE, delete: 'deployment' }, 'deployments'],
  [{ ...DEACTIVATE, delete: 'deploy' }, 'deployments'],
  [{ ...DEACTIVATE, delete: 'true' }, undefined],
  [{ 'auto-inactive': 'al' }, 'all'],
  [{ 'auto-inactive': 'yes' }, undefined],
  [{ 'cancelled-state': 'fail' }, 'failure'],
  [{ 'initial-state': 'inprogress' }, 'in_progress'],
  [{ run: 'true', shell: 'powershel' }, 'powershell'],
  [{ run: 'true', shell: 'bsah' }, 'bash'],
  [{ 'auto-finish': 'flase' }, 'false'],
  [{ 'dry-run': 'tRue' }, 'true'],
  [{ summary: 'no' }, undefined]
])('%j means %j', (inputs, meant) => {
  expect(meantBy(inputs)).toBe(meant)
})

test('the suggestion reaches the log as one error, before the first request', async () => {
  const github = await startGitHub()
  const run = await act(github, { environment: 'qa', mode: 'strat' })
  expect(told(run, 'error')).toEqual([
    'mode: expected start, finish or deactivate, got "strat". Did you mean "start"?'
  ])
  expect([run.exitCode, github.requests]).toEqual([1, []])
})

const CHOICES = ['success', 'failure', 'cancelled']
const LETTERS = fc.constantFrom(...'abcdefgsuß_- \u202e😀')

/** One slip: a letter left out, put in, mistaken, or swapped with the next one. */
const slipped = fc
  .tuple(fc.constantFrom(...CHOICES), fc.nat(20), fc.nat(3), LETTERS)
  .map(([choice, place, kind, letter]) => {
    const at = place % (choice.length - 1)
    const [before, here, after] = [choice.slice(0, at), choice[at], choice.slice(at + 1)]
    const slips = [before + after, before + letter + here + after, before + letter + after]
    return { choice, value: slips[kind] ?? before + after[0] + here + after.slice(1) }
  })

test('one slip is always seen through, and what is asked back is always a choice', () => {
  fc.assert(
    fc.property(slipped, fc.string({ unit: 'binary', maxLength: 100 }), (slip, any) => {
      expect([slip.value, nearest(slip.value, CHOICES)]).toEqual([slip.value, slip.choice])
      expect([undefined, ...CHOICES]).toContain(nearest(any, CHOICES))
    }),
    { numRuns: 1_000 }
  )
})

test('a text of megabytes costs nothing', () => {
  expect(nearest('success'.repeat(1_000_000), CHOICES)).toBeUndefined()
})
