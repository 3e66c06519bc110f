import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from '../support/scenario.ts'

const DIST = join(ROOT, 'dist')

// `.ci/run` builds dist/ and compares it with the committed files.
test('dist/ contains the bundle, the entry files and the licenses', () => {
  expect(readdirSync(DIST).sort()).toEqual(['index.js', 'licenses.txt', 'main.js', 'package.json', 'post.js'])
})

test('dist/ contains no path of the machine that built it', () => {
  for (const file of readdirSync(DIST)) {
    expect(readFileSync(join(DIST, file), 'utf8')).not.toContain(ROOT)
  }
})
