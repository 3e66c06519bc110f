import { expect, test } from '@jest/globals'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { act } from '../support/act.ts'
import { isCreate } from '../support/catalogue.ts'
import { runMain } from '../support/one-job.ts'
import { logOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'
import { runSteps, sh, use } from '../support/steps.ts'
import { virtualTime } from '../support/virtual-clock.ts'

const OLD = 'ba5e'.repeat(10)

/** What a person reads, without what differs from run to run. */
const read = (github: LocalGitHub, log: string): string =>
  log
    .split('\n')
    .filter(line => !line.startsWith('::add-mask::'))
    .join('\n')
    .replaceAll(github.origin, 'https://github.example')
    .replace(/runs\/\d+/g, 'runs/RUN')
    .trimEnd()

test('the log of start, finish and post ends with the result', async () => {
  const github = await startGitHub()
  seed(github, { environment: 'qa', sha: OLD })
  const url = 'https://qa.example.com'
  const job = await runSteps(github, [
    use({ environment: 'qa', 'environment-url': '${{ env.DEPLOY_URL }}' }),
    sh(`echo "DEPLOY_URL=${url}" >> "$GITHUB_ENV"`),
    use({ environment: 'eu', 'auto-finish': 'false' }),
    use({ mode: 'finish', environment: 'eu' })
  ])
  expect(read(github, job.log)).toMatchInlineSnapshot(`
"> Run org/deploy-status-action@v1
Environment: qa (input "environment")
Commit: feedfeedfeedfeedfeedfeedfeedfeedfeedfeed (main)
Previous active deployment: 2000000007 at ba5eba5eba5eba5eba5eba5eba5eba5eba5eba5e
Changes: https://github.example/octo-org/octo-repo/compare/ba5eba5eba5eba5eba5eba5eba5eba5eba5eba5e...feedfeedfeedfeedfeedfeedfeedfeedfeedfeed
Log: https://github.example/octo-org/octo-repo/actions/runs/RUN/job/4242
Started deployment 2000000014 of qa (in_progress): https://github.example/octo-org/octo-repo/deployments/activity_log?environments_filter=qa
> Run echo "DEPLOY_URL=https://qa.example.com" >> "$GITHUB_ENV"
> Run org/deploy-status-action@v1
Environment: eu (input "environment")
Commit: feedfeedfeedfeedfeedfeedfeedfeedfeedfeed (main)
Log: https://github.example/octo-org/octo-repo/actions/runs/RUN/job/4242
Started deployment 2000000021 of eu (in_progress): https://github.example/octo-org/octo-repo/deployments/activity_log?environments_filter=eu
> Run org/deploy-status-action@v1
Deployment 2000000021: success
Deployed to eu: https://github.example/octo-org/octo-repo/deployments/activity_log?environments_filter=eu
> Post Run org/deploy-status-action@v1
Nothing to finish.
> Post Run org/deploy-status-action@v1
Deployment 2000000021 is already \`success\`: a step of this job finished it.
> Post Run org/deploy-status-action@v1
Deployment 2000000014: success
Deployed to qa: https://qa.example.com"
`)
})

test('the log of a failed deploy', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa' }), sh('echo The disk is full; exit 1')])
  expect(read(github, job.log)).toMatchInlineSnapshot(`
"> Run org/deploy-status-action@v1
Environment: qa (input "environment")
Commit: feedfeedfeedfeedfeedfeedfeedfeedfeedfeed (main)
Log: https://github.example/octo-org/octo-repo/actions/runs/RUN/job/4242
Started deployment 2000000007 of qa (in_progress): https://github.example/octo-org/octo-repo/deployments/activity_log?environments_filter=qa
> Run echo The disk is full; exit 1
The disk is full
Error: Process completed with exit code 1.
> Post Run org/deploy-status-action@v1
Deployment 2000000007: failure (Failed)
Deployment to qa failed: https://github.example/octo-org/octo-repo/deployments/activity_log?environments_filter=qa"
`)
})

test('deactivate logs one line for each change, and the counts last', async () => {
  const github = await startGitHub()
  seed(github, ...Array.from({ length: 10 }, () => ({ environment: 'pr-1' })))
  const inputs = { mode: 'deactivate', environment: 'pr-*', delete: 'deployments', keep: '4' }
  const run = await act(github, inputs)
  expect(read(github, run.stdout)).toMatchInlineSnapshot(`
"Environments: pr-1 (input "environment")
Made deployment 2000000042 of pr-1 inactive
Made deployment 2000000035 of pr-1 inactive
Made deployment 2000000028 of pr-1 inactive
Made deployment 2000000021 of pr-1 inactive
Made deployment 2000000014 of pr-1 inactive
Made deployment 2000000007 of pr-1 inactive
Deleted deployment 2000000042 of pr-1
Deleted deployment 2000000035 of pr-1
Deleted deployment 2000000028 of pr-1
Deleted deployment 2000000021 of pr-1
Deleted deployment 2000000014 of pr-1
Deleted deployment 2000000007 of pr-1
Deactivated 6 deployments and deleted 6: https://github.example/octo-org/octo-repo/deployments"
`)
  const none = await act(github, { mode: 'deactivate', environment: 'preview/*' })
  expect(read(github, none.stdout)).toMatchInlineSnapshot(`
"::notice::environment: nothing matches "preview/*".
Environments: none matches (input "environment")
No deployment was deactivated: https://github.example/octo-org/octo-repo/deployments"
`)
})

test('the log names the operation that is retried', async () => {
  const github = await startGitHub({ time: virtualTime() })
  let refused = 0
  github.intercept(request =>
    isCreate(request) && refused++ === 0 ? { status: 429, headers: { 'retry-after': '60' } } : undefined
  )
  const main = await runMain(github, { environment: 'qa' })
  expect(logOf(main)[1]).toBe(
    `Could not create the deployment of "qa" at "${'feed'.repeat(10)}" (HTTP 429). Retrying in 60 s.`
  )
})
