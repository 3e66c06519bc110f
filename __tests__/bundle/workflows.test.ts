import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { ROOT } from '../support/scenario.ts'

interface Job {
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps?: readonly { readonly run?: string; readonly uses?: string }[]
}

const FOLDER = join(ROOT, '.github', 'workflows')
const files = readdirSync(FOLDER)
const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8')

// An action of this repository, or a full commit SHA with its version.
const PINNED = /^uses: (\.\/\S*|[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/

test.each(files)('%s pins each action to a commit and names its version', file => {
  const uses = read(file).match(/\buses:.*/g) ?? []
  expect(uses.length).toBeGreaterThan(0)
  expect(uses.filter(line => !PINNED.test(line))).toEqual([])
})

test.each(files)('%s grants no permission by default', file => {
  expect(parse(read(file)).permissions).toEqual({})
})

test('a release job with write permissions neither installs packages nor builds', () => {
  const jobs: Record<string, Job> = parse(read('release.yml')).jobs
  const withRights = Object.values(jobs).filter(({ permissions }) => Object.values(permissions ?? {}).includes('write'))
  expect(withRights).toHaveLength(1)
  for (const { run, uses } of withRights.flatMap(({ steps }) => steps ?? [])) {
    expect(run ?? '').not.toMatch(/\b(npm|npx|node|yarn|pnpm)\b/)
    expect(uses ?? '').not.toContain('setup-node')
  }
})
