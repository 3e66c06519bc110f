import { expect, test } from '@jest/globals'
import { startGitHub, states } from '../support/scenario.ts'
import { runSteps, use, warnings } from '../support/steps.ts'

const write = (bytes: number) => `head -c ${bytes} /dev/zero | tr '\\0' x >> "$GITHUB_STEP_SUMMARY"`

async function runWith(bytes: number) {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa', run: write(bytes) })])
  expect([job.conclusion, states(github)]).toEqual(['success', ['in_progress', 'success']])
  return job
}

test('a summary that would exceed 1 MiB together with that of the command is left out', async () => {
  const job = await runWith(1024 * 1024 - 20)
  expect(job.summaries.join()).toMatch(/^x+$/)
  expect(warnings(job)).toEqual([])
  expect(job.annotations).toMatchObject([{ level: 'notice', message: expect.stringContaining('1 MiB') }])
})

test('a summary that fits beside that of the command is written', async () => {
  const job = await runWith(1024 * 1024 - 2000)
  expect(job.summaries.join()).toMatch(/^x+[^x].*qa/s)
  expect(job.annotations).toEqual([])
})

test('a command that puts a FIFO in the place of the summary does not keep the step from ending', async () => {
  const github = await startGitHub()
  const command = 'rm "$GITHUB_STEP_SUMMARY"; mkfifo "$GITHUB_STEP_SUMMARY"'
  const job = await runSteps(github, [use({ environment: 'qa', run: command }, { 'timeout-minutes': 0.2 })])
  expect([job.conclusion, states(github)]).toEqual(['success', ['in_progress', 'success']])
  expect(warnings(job).join()).toContain('The job summary could not be written.')
})
