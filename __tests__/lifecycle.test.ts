import { expect, test } from '@jest/globals'
import { ACTION, runJob, startGitHub, states, writes } from './support/story.ts'

const ONE_STEP = `
- uses: ${ACTION}
  with:
    environment: production
    environment-url: \${{ steps.deploy.outputs.url }}
`

test('one step ends in success with the late URL and the log of the very job, in three writes', async () => {
  const github = await startGitHub()
  const job = await runJob(
    github,
    `${ONE_STEP}
- id: deploy
  run: echo "url=https://www.example.com" >> "$GITHUB_OUTPUT"
`
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
  expect(last?.logUrl).toMatch(/\/octo-org\/octo-repo\/actions\/runs\/\d+\/job\/4242$/)
})

test('a failing deploy ends in failure', async () => {
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
