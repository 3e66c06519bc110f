import { expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { act } from '../support/act.ts'
import { runWith } from '../support/late.ts'
import { lastStatus, use } from '../support/steps.ts'
import { startGitHub, states } from '../support/story.ts'

/** GitHub makes the deployment, but nothing comes back while main runs, not even to who asks again. */
function loseAnswers(github: LocalGitHub): () => void {
  const lose = github.intercept(() => ({ reset: true, after: true }))
  return lose
}

test('a deployment whose creation was never confirmed is found and closed', async () => {
  const github = await startGitHub()
  const answerAgain = loseAnswers(github)
  const job = await runWith(github, use({ environment: 'qa', timeout: '1' }), answerAgain)
  expect(job.conclusion).toBe('failure')
  expect(github.store.deployments()).toHaveLength(1)
  expect(states(github)).toEqual(['failure'])
  expect(lastStatus(github)?.logUrl).toMatch(/\/job\/4242$/)
})

test('a start that is cancelled in the middle of its create is closed', async () => {
  const github = await startGitHub()
  let end = () => {}
  const over = new Promise<void>(resolve => {
    end = resolve
  })
  const remove = github.intercept(async (request, proceed) => {
    if (request.path.endsWith('/deployments')) await proceed()
    await over
    return 'reset' as const
  })
  const step = use({ environment: 'qa' }, { 'timeout-minutes': 0.06 })
  const change = () => {
    remove()
    end()
  }
  const job = await runWith(github, step, change, { processes: true })
  expect(job.conclusion).toBe('failure')
  expect(github.store.deployments()).toHaveLength(1)
  expect(states(github)).toEqual(['failure'])
})

test('a start that is ended before GitHub made anything leaves nothing to close', async () => {
  const github = await startGitHub()
  let end = () => {}
  const over = new Promise<void>(resolve => {
    end = resolve
  })
  const remove = github.intercept(async () => {
    await over
    return 'reset' as const
  })
  const main = await act(
    github,
    { environment: 'qa' },
    {
      signalAfterMs: 1500,
      processes: true
    }
  )
  remove()
  end()
  expect(main.signal).toBe('SIGINT')
  const post = await act(github, { environment: 'qa' }, { stage: 'post', state: main.state })
  expect(github.store.deployments()).toEqual([])
  expect([post.exitCode, post.annotations]).toEqual([0, []])
})

test('a second deployment that came of a lost answer is made inactive', async () => {
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
