import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { ROOT } from '../support/story.ts'

const fresh = mkdtempSync(join(tmpdir(), 'dist-'))
afterAll(() => rmSync(fresh, { recursive: true, force: true }))

/** Names and hashes: a difference in a megabyte of text would tell nobody anything. */
const fingerprint = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .sort()
      .map(name => {
        const bytes = readFileSync(join(folder, name))
        return [name, createHash('sha256').update(bytes).digest('hex')]
      })
  )

test('a rebuild gives the very bytes of dist/', () => {
  const build = [join('node_modules', 'tsx', 'dist', 'cli.mjs'), 'build/build.ts', fresh]
  execFileSync(process.execPath, build, { cwd: ROOT, stdio: 'pipe' })
  expect(fingerprint(fresh)).toEqual(fingerprint(join(ROOT, 'dist')))
})

test('the bundle names no path of the machine that built it', () => {
  expect(readFileSync(join(ROOT, 'dist', 'index.js'), 'utf8')).not.toContain(ROOT)
})
