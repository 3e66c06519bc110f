import { afterAll, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { APP_TOKENS } from '../support/examples/jobs.ts'
import { actionsIn, allExamples, textOf, tokenOf } from '../support/examples/repository.ts'
import { startGitHub, states } from '../support/scenario.ts'
import { expectExit, runAct } from './support/nektos-act.ts'
import { openWorkspace } from './support/workspace.ts'

const { folder, remove } = openWorkspace()
afterAll(remove)

/** What each example leaves: environment, state and address of its deployments. */
const LEFT: Record<string, string[][]> = {
  'app-token.yml': [['production', 'success', 'https://www.example.com']],
  'deploy.yml': [['production', 'success', 'https://www.example.com']],
  'two-environments.yml': [
    ['production', 'success', 'https://www.example.com'],
    ['staging', 'success', 'https://staging.example.com']
  ],
  'finish-in-another-job.yml': [['production', 'success', 'https://www.example.com']],
  'regions.yml': ['asia', 'europe', 'us'].map(name => [
    ...[`production-${name}`, 'success', `https://${name}.example.com`]
  ]),
  'reusable/release.yml': [
    ['production', 'success', 'https://www.example.com'],
    ['staging', 'success', 'https://staging.example.com']
  ],
  'wrap-a-command.yml': [['staging', 'success', 'https://staging.example.com']]
}

const left = (github: LocalGitHub): string[][] =>
  github.store
    .deployments()
    .map(({ id, environment, statuses }) => [
      environment,
      github.store.stateOf(id),
      statuses.at(-1)?.environmentUrl ?? ''
    ])
    .sort()

/** Examples that act does not run here, and why. The local runner runs all of them. */
const ELSEWHERE: Record<string, string> = {
  'after-a-build.yml': 'to act one step and two events, as preview.yml',
  'artifacts.yml': 'to act it is deploy.yml; artifact records are a matter of GitHub',
  'changelog.yml': 'needs a history and an earlier deployment; to act it is deploy.yml',
  'cleanup.yml': 'reads how runs ended, which is a matter of GitHub and not of a runner',
  'composite/deploy.yml': 'its actions are not in the workspace; nested composite actions are in act-shapes.tool.ts',
  'composite/release/action.yml': 'used by composite/deploy.yml',
  'composite/report/action.yml': 'the same',
  'composite/track/action.yml': 'the same',
  'enterprise-server.yml': 'to act it is deploy.yml; its requests are in enterprise.tool.ts',
  'gitops/argo-cd.yml': 'pushes to the repository',
  'gitops/flux.yml': 'the same',
  'gitops/flux-result.yml': 'finishes the deployment of flux.yml',
  'jira.yml': 'to act it is deploy.yml',
  'late-values.yml': 'as deploy.yml',
  'notify.yml': 'needs an event of GitHub; act raises none',
  'parallel.yml': 'act does not know background steps',
  'preview.yml': 'needs two events, in act-shapes.tool.ts',
  'protected.yml': "act's schema does not know `deployment: false`",
  'queue.yml': "act's schema does not know `queue`",
  'report-only.yml': "act's schema does not know `queue`",
  'required-deployment.yml': 'as shared-preview.yml',
  'reusable/deploy-to.yml': 'called by release.yml',
  'review-app.yml': 'as preview.yml',
  'rollback.yml': 'jobs and their results, as finish-in-another-job.yml',
  'services.yml': 'a matrix, as regions.yml',
  'shared-preview.yml': 'as preview.yml',
  'spot.yml': 'as wrap-a-command.yml',
  'staging-then-production.yml': 'jobs that need one another, as finish-in-another-job.yml',
  'third-party/announce.yml': 'act raises no event, so these three are in third-party.tool.ts',
  'third-party/deploy.yml': 'the same',
  'third-party/order.yml': 'the same'
}

/** Ours is the workspace, and a checkout of the workspace's own repository act skips by itself. */
const standInsOf = (example: string): Record<string, string> =>
  Object.fromEntries(Object.entries(actionsIn(textOf(example))).filter(([uses]) => uses.includes('app-token')))

test('every example is run by act, or there is a reason', () => {
  // Deploy targets are about the output of programs, which is the same in each runner.
  const examples = allExamples().filter(file => !file.startsWith('targets/'))
  expect([...Object.keys(LEFT), ...Object.keys(ELSEWHERE)].sort()).toEqual(examples)
})

for (const [example, expected] of Object.entries(LEFT)) {
  test(`act: examples/${example}`, async () => {
    const github = await startGitHub({ tokens: { ...APP_TOKENS, ghs_local: tokenOf([example]) } })
    const run = await runAct(github, folder, {
      workflow: `examples/${example}`,
      actions: standInsOf(example),
      ...(example.includes('release') && { event: event('release') }),
      vars: { APP_CLIENT_ID: 'Iv1.app' },
      secrets: { APP_PRIVATE_KEY: 'a key' }
    })
    expectExit(run, 0)
    expect(left(github)).toEqual(expected)
  })
}

test('act: without post in action.yml a deployment would stay open, so that these tests are red', async () => {
  const withoutPost = openWorkspace({ edit: text => text.replace(/^ +post(-if)?:.*\n/gm, '') })
  try {
    const github = await startGitHub()
    const workflow = '__tests__/workflows/late-url.yml'
    expectExit(await runAct(github, withoutPost.folder, { workflow }), 0)
    expect(states(github)).toEqual(['in_progress'])
  } finally {
    withoutPost.remove()
  }
})
