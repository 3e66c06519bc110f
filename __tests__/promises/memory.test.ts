import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { act } from '../support/act.ts'
import { ROOT, startGitHub } from '../support/scenario.ts'

const folder = mkdtempSync(join(tmpdir(), 'memory-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The peak memory of a `deactivate` that reads so many deployments, 10 of them live, in MB. */
async function peakOf(count: number): Promise<number> {
  const github = await startGitHub()
  for (let index = 0; index < count; index++) {
    const state = index < 10 ? 'success' : 'inactive'
    github.store.seedDeployment({ environment: 'staging', state, autoInactive: false })
  }
  const file = join(folder, `${count}.json`)
  const preload = join(ROOT, 'bench', 'lib', 'usage.cjs')
  const env = { NODE_OPTIONS: `--require ${preload}`, BENCH_USAGE_FILE: file }
  const run = await act(github, { mode: 'deactivate', environment: 'staging' }, { env })
  expect(run.exitCode).toBe(0)
  expect(run.outputs['deactivated']).toBe('10')
  return JSON.parse(readFileSync(file, 'utf8')).peakMb
}

// `npm run bench:scale` measures the same with 10,000 live deployments.
test('the peak memory of deactivate at 10,000 deployments is within 60 MB of that at 100', async () => {
  const small = await peakOf(100)
  const large = await peakOf(10_000)
  expect(large - small).toBeLessThan(60)
})
