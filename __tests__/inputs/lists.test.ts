import { expect, test } from '@jest/globals'
import { startGitHub, states } from '../support/scenario.ts'
import { errors, runSteps, sh, use } from '../support/steps.ts'

test.each(['success', 'failure'])('a late list of step results that ends with %s', async result => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa', state: '${{ steps.api.outcome }}, ${{ steps.web.outcome }}' }),
    sh('true', { id: 'api' }),
    sh(result === 'success' ? 'true' : 'exit 1', { id: 'web', 'continue-on-error': true })
  ])
  expect(errors(job).filter(text => text.startsWith('state'))).toEqual([])
  expect(states(github)).toEqual(['in_progress', result])
})

test('a `state` of `start` that names no result is an input error', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa', state: '?' })])
  expect(errors(job)[0]).toMatch(/^state: expected success, failure, .* got "\?"/)
  expect(github.requests).toEqual([])
})

test.each([
  ['test (ubuntu-latest, 20)\nlint', ['test (ubuntu-latest, 20)', 'lint']],
  ['lint, test (ubuntu-latest, 20)', ['lint', 'test (ubuntu-latest, 20)']]
])('`required-contexts` can name the check of a matrix job: %j', async (text, contexts) => {
  const github = await startGitHub()
  await runSteps(github, [use({ environment: 'qa', 'required-contexts': text })])
  const create = github.requests.find(each => each.isWrite)
  expect(create?.body).toMatchObject({ required_contexts: contexts })
})

test('the message for a negative `keep` says what is allowed', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ mode: 'deactivate', environment: 'qa', delete: 'deployments', keep: '-1' })
  ])
  expect(errors(job)[0]).toMatch(/^keep: expected 0 or a positive integer, got "-1"/)
})

test('a repository that ends in .git is named as the mistake', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa', repository: 'octo-org/octo-repo.git' })])
  expect(errors(job)[0]).toMatch(/^repository: .*Did you mean "octo-org\/octo-repo"\?/)
})
