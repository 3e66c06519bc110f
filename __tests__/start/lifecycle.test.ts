import { expect, test } from '@jest/globals'
import { ACTION, logUrl, runJob, startGitHub, states, writes } from '../support/scenario.ts'
import { lastStatus, outputsOf, runAll, runSteps, sh, use, warnings } from '../support/steps.ts'

const ONE_STEP = `
- uses: ${ACTION}
  with:
    environment: production
    environment-url: \${{ steps.deploy.outputs.url }}
`

test("one step takes three writes and ends in success with the late URL and the job's log URL", async () => {
  const github = await startGitHub()
  const job = await runJob(
    github,
    `${ONE_STEP}
- id: deploy
  run: echo "url=https://www.example.com" >> "$GITHUB_OUTPUT"
`,
    { runId: 77 }
  )
  expect(job.conclusion).toBe('success')
  const [deployment] = github.store.deployments()
  expect(writes(github)).toEqual([
    'POST deployments',
    `POST ${deployment?.id}/statuses in_progress`,
    `POST ${deployment?.id}/statuses success`
  ])
  const last = deployment?.statuses.at(-1)
  expect(last?.environmentUrl).toBe('https://www.example.com')
  expect(last?.logUrl).toBe(logUrl(github, 77))
})

test('a failed deploy makes the deployment a failure', async () => {
  const github = await startGitHub()
  const job = await runJob(
    github,
    `${ONE_STEP}
- id: deploy
  run: exit 3
`
  )
  expect(job.conclusion).toBe('failure')
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(github.store.deployments()[0]?.statuses.at(-1)?.description).toBe('Failed')
})

test('a URL that the deploy step writes to GITHUB_ENV is used', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa', 'environment-url': '${{ env.DEPLOY_URL }}' }),
    sh('echo "DEPLOY_URL=https://qa.example.com/app?build=1" >> "$GITHUB_ENV"')
  ])
  expect(warnings(job)).toEqual([])
  expect(lastStatus(github)).toMatchObject({
    state: 'success',
    environmentUrl: 'https://qa.example.com/app?build=1'
  })
})

test('the URL of main is kept if there is no late one', async () => {
  const github = await startGitHub()
  const url = 'https://early.example.com'
  const { jobs } = await runAll(github, {
    deploy: {
      env: { DEPLOY_URL: url },
      steps: [
        use({ environment: 'qa', 'environment-url': '${{ env.DEPLOY_URL }}' }, { id: 'status' }),
        sh('echo "DEPLOY_URL=" >> "$GITHUB_ENV"')
      ]
    }
  })
  expect(outputsOf(jobs['deploy'], 'status')['environment-url']).toBe(url)
  const seen = github.store.deployments()[0]?.statuses.map(each => each.environmentUrl)
  expect(seen).toEqual([url, url])
})

test('an invalid late URL leaves the URL of main', async () => {
  const github = await startGitHub()
  const url = 'https://early.example.com'
  const { jobs } = await runAll(github, {
    deploy: {
      env: { DEPLOY_URL: url },
      steps: [
        use({ environment: 'qa', 'environment-url': '${{ env.DEPLOY_URL }}' }),
        sh('echo "DEPLOY_URL=no link" >> "$GITHUB_ENV"')
      ]
    }
  })
  expect(warnings(jobs['deploy']).join()).toContain('environment-url')
  expect(lastStatus(github)).toMatchObject({ state: 'success', environmentUrl: url })
})

test('without a check run id, the log URL is the page of the run attempt', async () => {
  const github = await startGitHub()
  await runSteps(github, [use({ environment: 'qa' })], {
    checkRunId: () => undefined,
    runId: 77,
    runAttempt: 3
  })
  const url = `${github.env().GITHUB_SERVER_URL}/octo-org/octo-repo/actions/runs/77/attempts/3`
  expect(github.store.deployments()[0]?.statuses.map(each => each.logUrl)).toEqual([url, url])
})

test('log-url is used in all statuses', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa', 'log-url': 'https://ci.example.com/9' }, { id: 'status' })
  ])
  const logs = github.store.deployments()[0]?.statuses.map(each => each.logUrl)
  expect(logs).toEqual(['https://ci.example.com/9', 'https://ci.example.com/9'])
  expect(outputsOf(job, 'status')['log-url']).toBe('https://ci.example.com/9')
})

test('GitHub Enterprise Server needs no configuration', async () => {
  const github = await startGitHub()
  const job = await runSteps(
    github,
    [
      use({ environment: 'qa', 'environment-url': '${{ steps.deploy.outputs.url }}' }, { id: 'go' }),
      sh('echo "url=https://qa.example.com" >> "$GITHUB_OUTPUT"', { id: 'deploy' })
    ],
    { product: 'ghes' }
  )
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(lastStatus(github)?.environmentUrl).toBe('https://qa.example.com')
  expect(github.requests.every(request => request.product === 'ghes')).toBe(true)
  const { id } = github.store.deployments()[0] ?? {}
  expect(outputsOf(job, 'go')['deployment-url']).toBe(
    `${github.origin}/api/v3/repos/octo-org/octo-repo/deployments/${id}`
  )
})

test('a dry run sends no write and logs each one', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [
    use({ environment: 'qa', 'dry-run': 'true' }, { id: 'status' }),
    use({ mode: 'finish', 'dry-run': 'true' })
  ])
  expect(job.conclusion).toBe('success')
  expect(writes(github)).toEqual([])
  expect(outputsOf(job, 'status')['deployment-id']).toBe('')
  expect(job.log).toMatch(/POST \S+\/deployments {.*"environment":"qa"/)
  expect(job.log).toMatch(/POST \S+\/statuses {"state":"in_progress"/)
  expect(job.log).toMatch(/POST \S+\/statuses {"state":"success"/)
})

test('initial-state: queued is posted, and the deployment gets its final state', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa', 'initial-state': 'queued' }, { id: 'status' })])
  expect(outputsOf(job, 'status')['state']).toBe('queued')
  expect(states(github)).toEqual(['queued', 'success'])
})

test('auto-finish: false leaves the deployment open and writes a summary', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa', 'auto-finish': 'false' }), sh('echo deploying')])
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress'])
  expect(job.summaries).toHaveLength(1)
  expect(job.summaries[0]).toContain('Deploying to qa')
})
