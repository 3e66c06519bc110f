import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { GUIDES, type Run, readGuides } from '../../scripts/migrating-guides.ts'
import { type EventName, type EventOptions, event, HEAD_SHA } from '../../simulator/events/index.ts'
import type { LocalGitHub } from '../../simulator/github/index.ts'
import { runWorkflow } from '../../simulator/runner/index.ts'
import { originOf } from '../support/act.ts'
import { seed } from '../support/seeds.ts'
import { ACTION, ROOT, startGitHub } from '../support/story.ts'

// The migrated files are run one event after another, on one GitHub each: what an earlier run left is
// part of the outcome of the next.

const folder = mkdtempSync(join(tmpdir(), 'migrating-'))
const output = join(folder, 'handed.txt')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The user's own deploy, as the files name it. */
const DEPLOY = `#!/usr/bin/env bash
echo "\${DEPLOYMENT_URL:-}" > "${output}"
if [ "$OUTCOME" = "is cancelled" ]; then echo "ready to be cancelled"; sleep 30; fi
if [ "$OUTCOME" = "fails" ]; then exit 1; fi
echo "url=https://www.example.com" >> "$GITHUB_OUTPUT"
`
writeFileSync(join(folder, 'deploy.sh'), DEPLOY, { mode: 0o755 })

const BRANCHES = { 'refs/heads/main': HEAD_SHA, 'refs/heads/changes': HEAD_SHA }
const TOKENS = {
  ghs_local: { kind: 'github-token', permissions: { deployments: 'write', contents: 'read' } },
  ghs_admin: {
    kind: 'app',
    permissions: { deployments: 'write', administration: 'write', actions: 'read' }
  }
} as const

async function play(github: LocalGitHub, file: string, run: Run) {
  const { name, ...options } = run.event
  const closed = options['action'] === 'closed' ? { closedAt: '2100-01-01T00:00:00Z' } : {}
  seed(github, ...(run.seeds ?? []))
  if (name === 'delete') github.store.setRef(`refs/heads/${options['branch']}`, undefined)
  const asked: boolean[] = []
  const result = await runWorkflow({
    workflow: file,
    root: ROOT,
    workspace: folder,
    actions: { [ACTION]: ROOT, 'actions/checkout@v6': 'skip' },
    event: event(name as EventName, { ...(options as EventOptions), ...closed }),
    secrets: { ADMIN_TOKEN: 'ghs_admin' },
    env: { ...github.env(), OUTCOME: run.deploy ?? 'works' },
    cancelWhen: line => line.text.includes('ready to be cancelled'),
    signalTimings: { interruptMs: 200, terminateMs: 200, streamsMs: 200 },
    onJobEnvironment: (_, { deployment }) => void asked.push(deployment)
  })
  const said = Object.values(result.jobs).flatMap(job => job.annotations.filter(each => each.level !== 'notice'))
  return { conclusion: result.conclusion, asked, said: said.map(each => each.message) }
}

const ENDS = {
  works: { conclusion: 'success', said: [] },
  fails: { conclusion: 'failure', said: [expect.stringContaining('exit code 1')] },
  'is cancelled': { conclusion: 'cancelled', said: ['The operation was canceled.'] }
}

const left = (github: LocalGitHub): object[] =>
  github.store.deployments().map(({ id, environment, statuses }) => {
    const url = statuses.at(-1)?.environmentUrl ?? ''
    return { environment, state: github.store.stateOf(id), ...(url === '' ? {} : { url }) }
  })

const pairs = readGuides().flatMap(guide =>
  guide.pairs.map(pair => ({ name: `${guide.folder}/${pair.after}`, guide, pair }))
)

test.each(pairs)('$name leaves what is told of it', async ({ guide, pair }) => {
  const github = await startGitHub({ tokens: TOKENS, refs: BRANCHES })
  for (const run of pair.runs) {
    const file = join(GUIDES, guide.folder, pair.after)
    const { asked, ...end } = await play(github, file, run)
    const deployments = run.leaves.map(({ there: _, ...each }) => each)
    expect({ after: run.when, ...end, deployments: left(github) }).toEqual({
      after: run.when,
      ...ENDS[run.deploy ?? 'works'],
      deployments
    })
    // Where the job keeps its environment, GitHub is asked for no deployment of its own.
    expect(asked).not.toContain(true)
    if (run.environments !== undefined) {
      expect(github.store.environments().map(each => each.name)).toEqual(run.environments)
    }
    if (run.handed !== undefined) {
      const id = github.store.deployments().at(-1)?.id
      expect(readFileSync(output, 'utf8')).toBe(
        `${github.env().GITHUB_API_URL}/repos/octo-org/octo-repo/deployments/${id}\n`
      )
    }
  }
  const ours = github.store.deployments().filter(({ payload }) => 'key' in originOf(payload))
  for (const { sha, ref } of ours) expect([sha, ref]).toEqual([HEAD_SHA, HEAD_SHA])
})
