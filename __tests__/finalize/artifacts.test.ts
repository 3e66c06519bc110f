import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import type { LocalGitHub, LocalGitHubOptions } from '../../simulator/github/index.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { runAll, runSteps, sh, use, warnings } from '../support/steps.ts'

const APP = `sha256:${'1'.repeat(64)}`
const WEB = `sha256:${'2'.repeat(64)}`
const BUILD = sh(`echo "digest=${APP}" >> "$GITHUB_OUTPUT"`, { id: 'build' })
const LATE = 'ghcr.io/octo-org/app@${{ steps.build.outputs.digest }}'
const QA = { environment: 'qa' }

const folder = mkdtempSync(join(tmpdir(), 'artifacts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const start = (options: LocalGitHubOptions = {}): Promise<LocalGitHub> =>
  startGitHub({
    tokens: {
      ghs_local: { permissions: { deployments: 'write', 'artifact-metadata': 'write' } }
    },
    ...options
  })

/** `qa deploy ghcr.io/octo-org/app 1 deployed`, with the first digit of the digest. */
const records = (github: LocalGitHub): string[] =>
  github.store
    .artifactRecords()
    .map(each =>
      [each.logicalEnvironment, each.deploymentName, each.name, each.digest.charAt('sha256:'.length), each.status].join(
        ' '
      )
    )

const artifactRequests = (github: LocalGitHub) => github.requests.filter(each => each.path.includes('/artifacts/'))

/** The file that the runner provides at `GITHUB_ARTIFACTS_LIST`. */
function listFile(content: unknown): Record<string, string> {
  const file = join(mkdtempSync(join(folder, 'list-')), 'artifacts.json')
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  return { GITHUB_ARTIFACTS_LIST: file }
}

test('a digest that a later step outputs is recorded after the success', async () => {
  const github = await start()
  const job = await runSteps(github, [use({ ...QA, artifacts: LATE }), BUILD])
  expect([job.conclusion, warnings(job)]).toEqual(['success', []])
  expect(records(github)).toEqual(['qa deploy ghcr.io/octo-org/app 1 deployed'])
  expect(artifactRequests(github).map(each => each.body)).toEqual([
    {
      name: 'ghcr.io/octo-org/app',
      digest: APP,
      status: 'deployed',
      logical_environment: 'qa',
      deployment_name: 'deploy',
      github_repository: 'octo-repo',
      return_records: false
    }
  ])
  expect(github.requests.at(-1)).toBe(artifactRequests(github)[0])
})

test('a failed deployment records nothing', async () => {
  const github = await start()
  await runSteps(github, [use({ ...QA, artifacts: LATE }), BUILD, sh('exit 1')])
  expect(states(github)).toEqual(['in_progress', 'failure'])
  expect(records(github)).toEqual([])
})

test('several artifacts have one deployment name each, without the registry and the tag', async () => {
  const github = await start()
  const artifacts = `ghcr.io/octo-org/app:1.2@${APP}\n\n  localhost:5000/web@${WEB}  `
  await runSteps(github, [use({ ...QA, task: 'deploy:eu', artifacts })])
  expect(records(github)).toEqual([
    'qa deploy:eu/octo-org/app ghcr.io/octo-org/app 1 deployed',
    'qa deploy:eu/web localhost:5000/web 2 deployed'
  ])
})

test('the next deployment updates the record', async () => {
  const github = await start()
  await runSteps(github, [use({ ...QA, artifacts: `app@${APP}` })])
  await runSteps(github, [use({ ...QA, artifacts: `app@${WEB}` })])
  expect(records(github)).toEqual(['qa deploy app 2 deployed'])
})

test('a digest that stays empty is a warning', async () => {
  const github = await start()
  const job = await runSteps(github, [use({ ...QA, artifacts: LATE })])
  expect(job.conclusion).toBe('success')
  expect(warnings(job)).toEqual(['artifacts: "ghcr.io/octo-org/app@" has no digest, so it was not recorded.'])
})

test('an invalid late value is a warning, and the deployment succeeds', async () => {
  const github = await start()
  const broken = sh('echo "digest=latest" >> "$GITHUB_OUTPUT"', { id: 'build' })
  const job = await runSteps(github, [use({ ...QA, artifacts: LATE }), broken])
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(warnings(job)).toEqual([
    expect.stringMatching(/^artifacts: expected .* got "ghcr\.io\/octo-org\/app@latest"\. No artifact was recorded\.$/)
  ])
})

test('`finish` records its own artifacts, and the post step of `start` does not repeat it', async () => {
  const github = await start()
  await runSteps(github, [use({ ...QA, artifacts: LATE }), BUILD, use({ mode: 'finish', artifacts: `web@${WEB}` })])
  expect(records(github)).toEqual(['qa deploy web 2 deployed'])
  expect(artifactRequests(github)).toHaveLength(1)
})

test('after a `finish` without artifacts, the post step records those of `start`', async () => {
  const github = await start()
  await runSteps(github, [use({ ...QA, artifacts: LATE }), BUILD, use({ mode: 'finish' })])
  expect(records(github)).toEqual(['qa deploy ghcr.io/octo-org/app 1 deployed'])
  expect(artifactRequests(github)).toHaveLength(1)
})

test('a success that a later `finish` corrects to a failure records no artifacts, and the log names the failure', async () => {
  const github = await start()
  const steps = [
    use({ ...QA, artifacts: LATE }),
    BUILD,
    use({ mode: 'finish' }),
    use({ mode: 'finish', state: 'failure' })
  ]
  const job = await runSteps(github, steps)
  expect(states(github)).toEqual(['in_progress', 'success', 'failure'])
  expect(artifactRequests(github)).toEqual([])
  expect(job.log).toContain('is already `failure`: a step of this job finished it.')
})

test('`finish` records the artifacts that `start` already had, once', async () => {
  const github = await start()
  await runSteps(github, [use({ ...QA, artifacts: `app@${APP}` }), use({ mode: 'finish' })])
  expect(artifactRequests(github)).toHaveLength(1)
})

test('a wrapped command: its own output is recorded in the post step', async () => {
  const github = await start()
  await runSteps(github, [
    use(
      {
        ...QA,
        run: `echo "digest=${APP}" >> "$GITHUB_OUTPUT"`,
        artifacts: 'app@${{ steps.deploy.outputs.digest }}'
      },
      { id: 'deploy' }
    )
  ])
  expect(records(github)).toEqual(['qa deploy app 1 deployed'])
  expect(artifactRequests(github)).toHaveLength(1)
})

test('a wrapped command: artifacts that are known before it are recorded once', async () => {
  const github = await start()
  await runSteps(github, [use({ ...QA, run: 'true', artifacts: `app@${APP}` })])
  expect(artifactRequests(github)).toHaveLength(1)
})

test('artifacts of a deployment that another job finishes are not recorded, with a warning', async () => {
  const github = await start()
  const { jobs } = await runAll(github, {
    deploy: { steps: [use({ ...QA, 'auto-finish': 'false', artifacts: `app@${APP}` })] },
    report: {
      needs: 'deploy',
      steps: [use({ mode: 'finish', state: 'success', artifacts: `web@${WEB}` })]
    }
  })
  expect(warnings(jobs['deploy'])).toEqual([
    'artifacts: not recorded, because this job does not finish the deployment. Set `artifacts` on the `finish` step.'
  ])
  expect(records(github)).toEqual(['qa deploy web 2 deployed'])
})

test('auto records the OCI artifacts that earlier steps declared', async () => {
  const github = await start()
  const env = listFile({
    version: 1,
    subjects: [
      { name: 'ghcr.io/octo-org/app', digest: APP, kind: 'oci' },
      { name: 'site.zip', digest: WEB, kind: 'file' },
      { name: 'no\u001bname', digest: WEB, kind: 'oci' },
      { name: 'no-digest', digest: 'sha256:1', kind: 'oci' },
      'hostile'
    ]
  })
  const job = await runSteps(github, [use({ ...QA, artifacts: 'auto' })], { env })
  expect(warnings(job)).toEqual([])
  expect(records(github)).toEqual(['qa deploy ghcr.io/octo-org/app 1 deployed'])
})

test.each<[string, Record<string, string>]>([
  ['no list', {}],
  ['a missing file', { GITHUB_ARTIFACTS_LIST: join(folder, 'missing') }],
  ['a folder', { GITHUB_ARTIFACTS_LIST: folder }],
  ['a file that is not JSON', listFile('{')],
  ['another form', listFile({ subjects: 'app' })],
  ['a file of more than 1 MiB', listFile(' '.repeat(1024 * 1024 + 1))]
])('auto with %s is a warning', async (_what, env) => {
  const github = await start()
  const job = await runSteps(github, [use({ ...QA, artifacts: 'auto' })], { env })
  expect(job.conclusion).toBe('success')
  expect(warnings(job)).toEqual([
    'artifacts: this runner does not provide the list of artifacts ("GITHUB_ARTIFACTS_LIST"), so none was recorded. List them as <name>@sha256:<digest>.'
  ])
})

const many = Array.from({ length: 21 }, (_, index) => `app-${index}@${APP}`).join('\n')

test.each([
  ['more than 20', many, 'qa', '21 artifacts, more than the limit of 20'],
  [
    'a long environment',
    `app@${APP}`,
    'e'.repeat(129),
    'the environment has more than the 128 characters that GitHub allows for artifacts'
  ],
  [
    'the same name in two registries',
    `ghcr.io/app@${APP}\nquay.io/app@${WEB}`,
    'qa',
    'two artifacts have the name "app"'
  ]
])('%s: none is sent', async (_what, artifacts, environment, problem) => {
  const github = await start()
  const job = await runSteps(github, [use({ environment, artifacts })])
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(warnings(job)).toEqual([`artifacts: ${problem}, so none was recorded.`])
  expect(artifactRequests(github)).toEqual([])
})

test('a missing permission is one warning with the permissions to add', async () => {
  const github = await start({ tokens: { ghs_local: { permissions: { deployments: 'write' } } } })
  const job = await runSteps(github, [use({ ...QA, artifacts: `app@${APP}\nweb@${WEB}` })])
  expect([job.conclusion, states(github)]).toEqual(['success', ['in_progress', 'success']])
  expect(warnings(job)).toEqual([
    expect.stringMatching(
      /^Could not record the artifact app as deployed .* 403 "Resource not accessible by integration"[\s\S]*permissions:\n {2}contents: read\n {2}deployments: write\n {2}artifact-metadata: write/
    )
  ])
})

test("a user's repository is one warning with the reason", async () => {
  const github = await start({ ownerType: 'User' })
  const job = await runSteps(github, [use({ ...QA, artifacts: `app@${APP}\nweb@${WEB}` })])
  expect([job.conclusion, states(github)]).toEqual(['success', ['in_progress', 'success']])
  expect(warnings(job)).toEqual([expect.stringContaining('belongs to an organization')])
})

test('GitHub Enterprise Server, which has no records, is one warning', async () => {
  const github = await start()
  const job = await runSteps(github, [use({ ...QA, artifacts: `app@${APP}` })], { product: 'ghes' })
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(warnings(job)).toEqual([expect.stringContaining('github.com or GHE.com')])
})

test('deactivate marks the artifacts of each environment and task as decommissioned', async () => {
  const github = await start()
  const artifacts = `app@${APP}\nweb@${WEB}`
  await runSteps(github, [use({ environment: 'pr-1', artifacts })])
  await runSteps(github, [use({ environment: 'pr-1/docs', task: 'docs', artifacts })])
  const job = await runSteps(github, [use({ mode: 'deactivate', environment: 'pr-1\npr-1/docs', artifacts })])
  expect([job.conclusion, warnings(job)]).toEqual(['success', []])
  expect(records(github)).toEqual([
    'pr-1 deploy/app app 1 decommissioned',
    'pr-1 deploy/web web 2 decommissioned',
    'pr-1/docs docs/app app 1 decommissioned',
    'pr-1/docs docs/web web 2 decommissioned'
  ])
})

test('deactivate without a live deployment records nothing', async () => {
  const github = await start()
  await runSteps(github, [use({ mode: 'deactivate', ...QA, artifacts: `app@${APP}` })])
  expect(artifactRequests(github)).toEqual([])
})

test('a dry run sends no record', async () => {
  const github = await start()
  const job = await runSteps(github, [use({ ...QA, 'dry-run': 'true', artifacts: `app@${APP}` })])
  expect(github.requests.filter(each => each.isWrite)).toEqual([])
  expect(job.log).toContain(APP)
})

test('a lost answer is sent again: the same record is an update', async () => {
  const github = await start()
  let count = 0
  github.intercept(request => {
    if (!request.path.includes('/artifacts/')) return undefined
    count += 1
    return count === 1 ? { reset: true, after: true } : undefined
  })
  const job = await runSteps(github, [use({ ...QA, artifacts: `app@${APP}` })])
  expect(warnings(job)).toEqual([])
  expect([count, records(github)]).toEqual([2, ['qa deploy app 1 deployed']])
})
