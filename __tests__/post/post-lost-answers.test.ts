import { expect, test } from '@jest/globals'
import { runWith } from '../support/late.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { lastStatus, use } from '../support/steps.ts'

test('a deployment whose creation was not confirmed is found and finished', async () => {
  const github = await startGitHub()
  // GitHub creates the deployment, but all its answers are lost while main runs.
  const answerAgain = github.intercept(() => ({ reset: true, after: true }))
  const job = await runWith(github, use({ environment: 'qa', timeout: '1' }), answerAgain)
  expect(job.conclusion).toBe('failure')
  expect(github.store.deployments()).toHaveLength(1)
  expect(states(github)).toEqual(['failure'])
  expect(lastStatus(github)?.logUrl).toMatch(/\/job\/4242$/)
})

test('a second deployment after a lost answer is made inactive', async () => {
  const github = await startGitHub()
  let creates = 0
  let isOver = false
  const none = { pageInfo: { hasNextPage: false, endCursor: null }, nodes: [] }
  github.intercept(request => {
    const isCreate = request.method === 'POST' && request.path.endsWith('/deployments')
    if (isCreate && creates++ === 0) return { reset: true, after: true }
    // For a while the first one cannot be seen: GitHub's lists are a little behind.
    if (isOver || isCreate) return undefined
    if (request.path === '/graphql') {
      return { status: 200, body: { data: { repository: { deployments: none } } } }
    }
    const isList = request.method === 'GET' && request.path.endsWith('/deployments')
    return isList ? { status: 200, body: [] } : undefined
  })
  const job = await runWith(github, use({ environment: 'qa' }), () => {
    isOver = true
  })
  expect(job.conclusion).toBe('success')
  const all = github.store.deployments()
  const kept = all.filter(each => each.statuses.at(-1)?.state === 'success')
  expect(kept).toHaveLength(1)
  const others = all.filter(each => each !== kept[0])
  for (const { statuses } of others) {
    expect(statuses.at(-1)).toMatchObject({
      state: 'inactive',
      description: `Duplicate of ${kept[0]?.id}`
    })
  }
})
