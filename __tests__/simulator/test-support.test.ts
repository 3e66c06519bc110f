import { expect, test } from '@jest/globals'
import { killMain, startJob } from '../support/one-job.ts'
import { failureOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'
import { virtualTime } from '../support/virtual-clock.ts'

test('killMain fails if main never sends the request at which it is to be killed', async () => {
  const github = await startGitHub({ time: virtualTime() })
  const job = startJob(github)
  await expect(killMain({ github, job }, { environment: 'qa' }, () => false)).rejects.toThrow()
})

test('failureOf sees a stage that fails without an error in its log', () => {
  const ended = { exitCode: 0, signal: null, stdout: '', problems: [] as string[] }
  expect(failureOf({ ...ended, exitCode: 1 } as never)).toBeDefined()
  expect(
    failureOf({ ...ended, problems: ["Unable to process file command 'state' successfully."] } as never)
  ).toBeDefined()
})
