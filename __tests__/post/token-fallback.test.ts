import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ACTION, ROOT, startGitHub, states } from '../support/scenario.ts'
import { runSteps, sh, use, warnings } from '../support/steps.ts'

const grant = (kind: 'github-token' | 'app') => ({
  kind,
  permissions: { deployments: 'write' as const }
})
const TOKENS = { tokens: { ghs_local: grant('github-token'), ghs_app: grant('app') } }

/** Starts with `ghs_app`, to which GitHub answers `status` in post, at the given depth of composite actions. */
async function runRejected(depth: 0 | 1 | 2, status: number, fallback = 200) {
  const github = await startGitHub(TOKENS)
  const root = mkdtempSync(join(tmpdir(), 'fallback-'))
  const start = use({ environment: 'qa', token: 'ghs_app', timeout: '3' })
  const composite = (name: string, step: object) => {
    mkdirSync(join(root, name))
    const runs = { using: 'composite', steps: [step] }
    writeFileSync(join(root, name, 'action.yml'), JSON.stringify({ name, runs }))
  }
  composite('inner', start)
  composite('outer', { uses: './inner' })
  const first = [start, { uses: './inner' }, { uses: './outer' }][depth] ?? start
  try {
    const job = await runSteps(github, [first, sh('echo deployed')], {
      root,
      actions: { [ACTION]: ROOT },
      onLine: ({ text }) => {
        if (text !== 'deployed') return
        github.intercept(({ token }) => {
          const answer = token === 'ghs_app' ? status : fallback
          return answer === 200
            ? undefined
            : {
                status: answer,
                body: { message: `Answer to ${token === 'ghs_app' ? 'the first' : 'the second'}` }
              }
        })
      }
    })
    return { github, job, log: job.steps.map(step => step.stdout).join('') }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

test.each([
  [0, 401],
  [1, 401],
  [2, 401],
  [2, 403],
  [2, 404]
] as const)('at depth %i, `fallback-token` is used after %i, and the log says so', async (depth, status) => {
  const { github, job, log } = await runRejected(depth, status)
  expect(states(github)).toEqual(['in_progress', 'success'])
  expect(warnings(job)).toEqual([])
  expect(log).toContain(`The token was rejected (HTTP ${status}), so \`fallback-token\` is used.`)
})

test.each([
  [0, 403],
  [0, 404],
  [1, 403]
] as const)('at depth %i, %i does not lead to `fallback-token`', async (depth, status) => {
  const { github, job } = await runRejected(depth, status)
  expect(states(github)).toEqual(['in_progress'])
  expect(github.requests.filter(({ token }) => token === 'ghs_local')).toEqual([])
  expect(warnings(job)).toHaveLength(1)
})

test('if both tokens are rejected, the warning has the answer to the first one too', async () => {
  const { job } = await runRejected(2, 404, 403)
  expect(warnings(job)).toHaveLength(1)
  expect(warnings(job)[0]).toContain('404 "Answer to the first"')
  expect(warnings(job)[0]).toContain('Answer to the second')
})
