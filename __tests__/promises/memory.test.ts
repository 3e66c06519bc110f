import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { act } from '../support/act.ts'
import { startGitHub } from '../support/story.ts'

const folder = mkdtempSync(join(tmpdir(), 'memory-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Loaded into a stage: leaves how large the young generation has become, in bytes. */
function preload(file: string): string {
  const script = join(folder, 'preload.cjs')
  writeFileSync(
    script,
    `const v8 = require('node:v8')
process.on('exit', () => {
  const young = v8.getHeapSpaceStatistics().find(space => space.space_name === 'new_space')
  require('node:fs').writeFileSync(${JSON.stringify(file)}, String(young.physical_space_size))
})`
  )
  return script
}

// The whole of it is measured by `npm run bench:scale`; this is the part that does not wobble.
test('the room for short-lived values stays as it was while thousands of deployments are read', async () => {
  const github = await startGitHub()
  for (let count = 0; count < 3_000; count++) {
    const state = count % 300 === 0 ? 'success' : 'inactive'
    github.store.seedDeployment({ environment: 'staging', state, autoInactive: false })
  }
  const file = join(folder, 'young')
  const env = { NODE_OPTIONS: `--require ${preload(file)}` }
  const run = await act(github, { mode: 'deactivate', environment: 'staging' }, { env })
  expect(run.exitCode).toBe(0)
  expect(run.stderr).toBe('')
  expect(run.outputs['deactivated']).toBe('10')
  // Two from the start; it would be four by now, and eight at 10,000.
  expect(Number(readFileSync(file, 'utf8')) / 2 ** 20).toBeLessThan(3)
})
