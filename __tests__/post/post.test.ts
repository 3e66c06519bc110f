import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { runWith } from '../support/late.ts'
import { startGitHub, states, writes } from '../support/scenario.ts'
import { answerWith, errors, lastStatus, runSteps, sh, use, warnings } from '../support/steps.ts'

const TOKENS = {
  tokens: {
    ghs_local: { kind: 'github-token', permissions: { deployments: 'write' } },
    ghs_app: { kind: 'app', permissions: { deployments: 'write' } }
  }
} as const

const START = use({ environment: 'qa', timeout: '3' }, { id: 'status' })

const last = (github: LocalGitHub) => writes(github).at(-1)

test('an expired token is replaced by GITHUB_TOKEN', async () => {
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

test('a token that is empty in the post step is replaced by GITHUB_TOKEN', async () => {
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

test('if all tokens are rejected, the post step warns and the job succeeds', async () => {
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

test('a status whose answer was lost is looked up and not posted twice', async () => {
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

test('after a 502 without an effect, the status is posted again', async () => {
  const github = await startGitHub()
  let left = 1
  github.intercept(request => (Object(request.body).state === 'success' && left-- > 0 ? { status: 502 } : undefined))
  const job = await runSteps(github, [use({ environment: 'qa' })])
  expect(warnings(job)).toEqual([])
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('the post step waits for a secondary rate limit as long as GitHub asks', async () => {
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

test('after an input error, the post step does nothing', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa', task: 'a\u202eb' })])
  expect(job.conclusion).toBe('failure')
  expect(job.steps.at(-1)).toMatchObject({ stage: 'post', conclusion: 'success' })
  expect(github.requests).toEqual([])
  expect(job.summaries).toEqual([])
})

test('after a rejected create, the post step does nothing', async () => {
  const github = await startGitHub()
  answerWith(github, { status: 422, body: { message: 'No ref found for: main' } })
  const job = await runSteps(github, [START])
  expect(job.conclusion).toBe('failure')
  expect(writes(github)).toEqual(['POST deployments'])
  expect(warnings(job)).toEqual([])
})

test('a transient deployment that was made inactive while the job ran stays inactive', async () => {
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

test('for a deployment that is not transient, success is posted without that check', async () => {
  const github = await startGitHub()
  await runWith(github, START, () => {
    github.store.seedStatus(github.store.deployments()[0]?.id ?? 0, { state: 'inactive' })
  })
  expect(last(github)).toMatch(/success$/)
})

test('the post steps of several deployments do not affect one another', async () => {
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
