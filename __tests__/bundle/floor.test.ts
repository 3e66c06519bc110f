import { expect, test } from '@jest/globals'
import { actionIn, floor } from '../../bench/lib/contender.ts'
import { describe } from '../../bench/lib/rounds.ts'
import { ROOT, startGitHub } from '../support/scenario.ts'

test('the floor of the benchmark sends the same requests as the action', async () => {
  const sent: string[][] = []
  for (const program of [floor, actionIn(ROOT, { environment: 'qa' })]) {
    const github = await startGitHub()
    await program.run({ ...github.env() }, { withUsage: false })
    // The create and a read are sent at the same time, so either can arrive first.
    sent.push(describe(github.requests).sort())
  }
  expect(sent[0]).toEqual(sent[1])
  expect(sent[0]).toHaveLength(4)
})
