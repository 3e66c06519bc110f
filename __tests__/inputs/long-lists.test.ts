import { expect, test } from '@jest/globals'
import { startGitHub } from '../support/scenario.ts'
import { runSteps, use } from '../support/steps.ts'

test('a list of 100,000 commas is an empty list', async () => {
  const github = await startGitHub()
  await runSteps(github, [use({ environment: 'qa', 'required-contexts': ','.repeat(100_000) })])
  expect(github.requests.find(each => each.isWrite)?.body).toMatchObject({ required_contexts: [] })
})

test('a parenthesis that closes nothing does not join two contexts', async () => {
  const github = await startGitHub()
  await runSteps(github, [use({ environment: 'qa', 'required-contexts': 'build, lint :)' })])
  expect(github.requests.find(each => each.isWrite)?.body).toMatchObject({ required_contexts: ['build', 'lint :)'] })
})
