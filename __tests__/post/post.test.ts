import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { runWith } from '../support/late.ts'
import { answerWith, errors, lastStatus, runSteps, sh, use, warnings } from '../support/steps.ts'
import { startGitHub, states, writes } from '../support/story.ts'

const TOKENS = {
  tokens: {
    ghs_local: { kind: 'github-token', permissions: { deployments: 'write' } },
    ghs_app: { kind: 'app', permissions: { deployments: 'write' } }
  }
} as const

const START = use({ environment: 'qa', timeout: '3' }, { id: 'status' })

const last = (github: LocalGitHub) => writes(github).at(-1)

test('a token that has expired is replaced by the own token of the workflow', async () => {
  const github = await startGitHub(TOKENS)
  const job = await runWith(github, use({ environment: 'qa', token: 'ghs_app' }), () => {
    github.intercept(request =>
      request.token === 'ghs_app' ? { status: 401, body: { message: 'Bad credentials' } } : undefined
    )
  })
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(lastStatus(github)?.creator.login).toBe('github-actions[bot]')
})

test('a token that comes back empty is replaced by it as well', async () => {
  const github = await startGitHub(TOKENS)
  await runSteps(github, [
    sh('echo "TOKEN=ghs_app" >> "$GITHUB_ENV"'),
    use({ environment: 'qa', token: '${{ env.TOKEN }}' }),
    sh('echo "TOKEN=" >> "$GITHUB_ENV"')
  ])
  expect(github.requests.filter(each => each.isWrite).map(each => each.token)).toEqual([
    'ghs_app',
    'ghs_app',
    'ghs_local'
  ])
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('where every token is refused post warns loudly and the job stays green', async () => {
  const github = await startGitHub(TOKENS)
  const job = await runWith(github, START, () => {
    github.intercept(() => ({ status: 401, body: { message: 'Bad credentials' } }))
  })
  expect(job.conclusion).toBe('success')
  expect(errors(job)).toEqual([])
  expect(warnings(job)).toHaveLength(1)
  expect(warnings(job)[0]).toMatch(/401.*Bad credentials/s)
})

test.each([
  ['500', { status: 500, body: { message: 'Server Error' } }],
  ['403', { status: 403, body: { message: 'Resource not accessible by integration' } }],
  ['404', { status: 404, body: { message: 'Not Found' } }],
  ['422', { status: 422, body: { message: 'Validation Failed' } }],
  ['429 that asks to come back in an hour', { status: 429, headers: { 'retry-after': '3600' } }],
  ['reset', 'reset']
] as const)('a %s never turns a deploy red: it is one warning that names the deployment', async (_, answer) => {
  const github = await startGitHub()
  const job = await runWith(github, START, () => {
    github.intercept(() => answer)
  })
  expect(job.conclusion).toBe('success')
  expect(errors(job)).toEqual([])
  expect(warnings(job)).toHaveLength(1)
  expect(warnings(job)[0]).toContain(String(github.store.deployments()[0]?.id))
  expect(states(github)).toEqual(['in_progress'])
})

test('an answer that was lost is looked up, and the status is not posted twice', async () => {
  const github = await startGitHub()
  let isLost = false
  github.intercept(request => {
    if (isLost || Object(request.body).state !== 'success') return undefined
    isLost = true
    return { reset: true, after: true }
  })
  const job = await runSteps(github, [use({ environment: 'qa' })])
  expect(job.conclusion).toBe('success')
  expect(warnings(job)).toEqual([])
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('a 502 that did nothing is followed by one that does', async () => {
  const github = await startGitHub()
  let left = 1
  github.intercept(request => (Object(request.body).state === 'success' && left-- > 0 ? { status: 502 } : undefined))
  const job = await runSteps(github, [use({ environment: 'qa' })])
  expect(warnings(job)).toEqual([])
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('a secondary limit is waited for as long as GitHub asks', async () => {
  const github = await startGitHub()
  let left = 1
  const limited = {
    status: 403,
    headers: { 'retry-after': '1' },
    body: { message: 'You have exceeded a secondary rate limit.' }
  }
  github.intercept(request => (Object(request.body).state === 'success' && left-- > 0 ? limited : undefined))
  const job = await runSteps(github, [use({ environment: 'qa' })])
  expect(warnings(job)).toEqual([])
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('bad input leaves post nothing to do', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa', task: 'a\u202eb' })])
  expect(job.conclusion).toBe('failure')
  expect(job.steps.at(-1)).toMatchObject({ stage: 'post', conclusion: 'success' })
  expect(github.requests).toEqual([])
  expect(job.summaries).toEqual([])
})

test('a create that was refused leaves post nothing to do', async () => {
  const github = await startGitHub()
  answerWith(github, { status: 422, body: { message: 'No ref found for: main' } })
  const job = await runSteps(github, [START])
  expect(job.conclusion).toBe('failure')
  expect(writes(github)).toEqual(['POST deployments'])
  expect(warnings(job)).toEqual([])
})

test('a preview that was deactivated while the job ran stays deactivated', async () => {
  const github = await startGitHub()
  const job = await runWith(
    github,
    use({}),
    () => {
      github.store.seedStatus(github.store.deployments()[0]?.id ?? 0, { state: 'inactive' })
    },
    { event: event('pull_request', { number: 12 }) }
  )
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'inactive'])
})

test('a lasting environment is not asked about that: its success is posted', async () => {
  const github = await startGitHub()
  await runWith(github, START, () => {
    github.store.seedStatus(github.store.deployments()[0]?.id ?? 0, { state: 'inactive' })
  })
  expect(last(github)).toMatch(/success$/)
})

test('posts of several deployments do not hinder one another', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [START, use({ environment: 'staging', timeout: '3' }), sh('echo deployed')], {
    onLine: line => {
      if (line.text !== 'deployed') return
      const [, second] = github.store.deployments()
      github.intercept(request =>
        request.path.includes(`/${second?.id}/`) ? { status: 422, body: { message: 'No' } } : undefined
      )
    }
  })
  expect(job.conclusion).toBe('success')
  expect(warnings(job)).toHaveLength(1)
  const seen = github.store.deployments().map(each => github.store.stateOf(each.id))
  expect(seen).toEqual(['success', 'in_progress'])
})
