import { expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { startGitHub, states, writes } from '../support/scenario.ts'
import { lastStatus, outputsOf, runAll, runSteps, sh, use, warnings } from '../support/steps.ts'

const FINISH = use({ mode: 'finish' }, { id: 'finish' })

test('the case of a repository name does not matter', async () => {
  const github = await startGitHub()
  const start = use({ environment: 'qa', repository: 'Octo-Org/Octo-Repo' })
  const job = await runSteps(github, [start, FINISH])
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'success'])
})

test('a deployment that two starts of a job reuse gets one final state from finish', async () => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa' })
  const queued = use({ 'deployment-id': String(id), 'initial-state': 'queued' })
  const working = use({ 'deployment-id': String(id) })
  await runSteps(github, [queued, working, FINISH])
  expect(states(github)).toEqual(['queued', 'in_progress', 'success'])
})

test('a deployment that two starts of a job reuse gets one final state from the post step', async () => {
  const github = await startGitHub()
  const { id } = github.store.seedDeployment({ environment: 'qa' })
  const queued = use({ 'deployment-id': String(id), 'initial-state': 'queued' })
  const working = use({ 'deployment-id': String(id) })
  await runSteps(github, [queued, working])
  expect(states(github)).toEqual(['queued', 'in_progress', 'success'])
})

test('a report job with if: always() reports a canceled run', async () => {
  const github = await startGitHub()
  await runAll(
    github,
    {
      deploy: {
        steps: [use({ environment: 'qa', 'auto-finish': 'false' }), sh('echo deploying; exec sleep 60')]
      },
      report: {
        needs: 'deploy',
        if: 'always()',
        steps: [
          use(
            {
              mode: 'finish',
              state: '${{ needs.deploy.result }}',
              'cancelled-state': 'failure'
            },
            { if: 'always()' }
          )
        ]
      }
    },
    { cancelWhen: line => line.text === 'deploying' }
  )
  expect(lastStatus(github)).toMatchObject({ state: 'failure', description: 'Canceled' })
})

test('a second `finish` with another state corrects the first one', async () => {
  const github = await startGitHub()
  const again = use({ mode: 'finish', state: 'failure' }, { id: 'again' })
  const job = await runSteps(github, [use({ environment: 'qa' }), FINISH, again])
  expect(job.conclusion).toBe('success')
  expect(states(github)).toEqual(['in_progress', 'success', 'failure'])
  expect(outputsOf(job, 'again')['state']).toBe('failure')
})

test.each([
  ['a preview', {}],
  ['one with a task', { environment: 'qa', task: 'web', 'transient-environment': 'true' }]
])('%s that another job finishes makes the previous one inactive', async (_, inputs) => {
  const github = await startGitHub()
  const jobs = {
    deploy: { steps: [use({ ...inputs, 'auto-finish': 'false' })] },
    report: {
      needs: 'deploy',
      steps: [use({ mode: 'finish', state: '${{ needs.deploy.result }}' })]
    }
  }
  const options = { event: event('pull_request', { number: 12 }) }
  await runAll(github, jobs, options)
  const { conclusion } = await runAll(github, jobs, options)
  expect(conclusion).toBe('success')
  const seen = github.store.deployments().map(each => github.store.stateOf(each.id))
  expect(seen).toEqual(['inactive', 'success'])
})

test('a re-run of all jobs reports its own deployment', async () => {
  const github = await startGitHub()
  const jobs = (command: string) => ({
    deploy: { steps: [use({ environment: 'qa', 'auto-finish': 'false' }), sh(command)] },
    report: {
      needs: 'deploy',
      if: 'always()',
      steps: [use({ mode: 'finish', state: '${{ needs.deploy.result }}' }, { id: 'finish' })]
    }
  })
  await runAll(github, jobs('exit 1'), { runId: 77 })
  const second = await runAll(github, jobs('true'), { runId: 77, runAttempt: 2 })
  expect(second.conclusion).toBe('success')
  const seen = github.store.deployments().map(each => github.store.stateOf(each.id))
  expect(seen).toEqual(['failure', 'success'])
})

test('a skipped deploy job makes the deployment inactive', async () => {
  const github = await startGitHub()
  await runAll(github, {
    begin: { steps: [use({ environment: 'qa', 'auto-finish': 'false' })] },
    deploy: { needs: 'begin', if: 'false', steps: [sh('true')] },
    report: {
      needs: ['begin', 'deploy'],
      if: 'always()',
      steps: [use({ mode: 'finish', state: '${{ needs.deploy.result }}' })]
    }
  })
  expect(lastStatus(github)?.state).toBe('inactive')
})

test('a URL that is not ASCII is sent in its ASCII form, in main and as a late value', async () => {
  for (const early of [true, false]) {
    const github = await startGitHub()
    const url = 'https://bücher.example/ä'
    const { jobs } = await runAll(github, {
      deploy: {
        env: { URL: early ? url : '' },
        steps: [
          use({ environment: 'qa', 'environment-url': '${{ env.URL }}' }),
          sh(`echo "URL=${url}" >> "$GITHUB_ENV"`)
        ]
      }
    })
    expect(warnings(jobs['deploy'])).toEqual([])
    expect(lastStatus(github)?.environmentUrl).toBe('https://xn--bcher-kva.example/%C3%A4')
  }
})

test('nothing is written to $GITHUB_ENV or $GITHUB_PATH', async () => {
  const github = await startGitHub()
  const look = sh('env | grep -v "^GITHUB_\\|^RUNNER_\\|^_=" | sort')
  const job = await runSteps(github, [look, use({ environment: 'qa' }), FINISH, look])
  const [before, , , after] = job.steps
  expect(before?.stdout).toContain('PATH=')
  expect(after?.stdout).toBe(before?.stdout)
})

test('no token is saved, logged, or sent to another origin', async () => {
  const github = await startGitHub()
  const job = await runSteps(github, [use({ environment: 'qa' }, { id: 'status' }), FINISH])
  const kept = job.steps.map(step => JSON.stringify([step.state, step.outputs, step.summary]))
  for (const text of [...kept, job.log]) {
    expect(text).not.toContain('ghs_local')
    expect(text).not.toContain(Buffer.from('x-access-token:ghs_local').toString('base64'))
  }
  for (const { body } of github.requests) expect(JSON.stringify(body)).not.toContain('ghs_local')
})

test('a failed finish with fail-on-error: false is a warning, and the post step of start posts the state', async () => {
  const github = await startGitHub()
  let left = 1
  github.intercept(request =>
    Object(request.body).state === 'success' && left-- > 0
      ? { status: 422, body: { message: 'Validation Failed' } }
      : undefined
  )
  const start = use({ environment: 'qa' }, { id: 'status' })
  const job = await runSteps(github, [start, use({ mode: 'finish', 'fail-on-error': 'false' })])
  expect(job.conclusion).toBe('success')
  expect(warnings(job)).toHaveLength(1)
  expect(outputsOf(job, 'status')['state']).toBe('in_progress')
  expect(writes(github)).toHaveLength(4)
  expect(states(github)).toEqual(['in_progress', 'success'])
})
