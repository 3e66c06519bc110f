import { expect, test } from '@jest/globals'
import { circlesIn, importsIn } from '../support/imports.ts'

/**
 * The layers of `src`, lowest first. A file imports, types included, from its own folder and from lower layers; the
 * folders of one row do not import each other.
 */
const LAYERS: readonly (readonly string[])[] = [
  ['lib', 'version.ts'],
  ['deployment'],
  ['inputs'],
  ['runner'],
  ['github'],
  ['finalize'],
  ['report'],
  ['mode.ts'],
  ['start', 'finish', 'deactivate', 'post'],
  ['main.ts'],
  ['index.ts']
]

/** Packages that reach the outside, and the only files that import them. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  '@actions/core': ['runner/toolkit.ts'],
  '@actions/exec': ['runner/git.ts'],
  '@actions/github': ['github/client.ts'],
  'node:child_process': ['runner/process-group.ts'],
  'node:crypto': ['lib/clock.ts', 'runner/journal.ts'],
  'node:events': ['github/connection.ts'],
  'node:fs': ['runner/command.ts', 'runner/git.ts', 'runner/journal.ts', 'runner/runner-file.ts', 'runner/toolkit.ts'],
  'node:http': ['github/connection.ts', 'github/transport.ts'],
  'node:https': ['github/connection.ts', 'github/transport.ts'],
  'node:net': ['github/connection.ts'],
  'node:os': ['runner/command.ts', 'runner/process-group.ts'],
  'node:path': ['runner/command.ts', 'runner/git.ts', 'runner/journal.ts', 'runner/runner-file.ts'],
  'node:util': ['start/checks.ts']
}

const { files, sourceOf, packagesOf, filesOf } = importsIn('src')

const folderOf = (file: string): string => file.split('/')[0] ?? ''
const layerOf = (file: string): number => LAYERS.findIndex(row => row.includes(folderOf(file)))

test('every folder has a layer, and every layer a folder', () => {
  expect([...new Set(files.map(folderOf))].sort()).toEqual(LAYERS.flat().sort())
})

test('files import from their own folder and from lower layers', () => {
  const violations = files.flatMap(file =>
    filesOf(file)
      .filter(other => folderOf(other) !== folderOf(file) && layerOf(other) >= layerOf(file))
      .map(other => `${file} imports ${other}`)
  )
  expect(violations).toEqual([])
})

test.each(['src', 'simulator'])('%s has no circular imports, types included', folder => {
  expect(circlesIn(folder)).toEqual([])
})

test('a package is imported only by the listed files', () => {
  const users: Record<string, string[]> = {}
  for (const file of files) {
    for (const name of packagesOf(file)) {
      users[name] = [...(users[name] ?? []), file]
    }
  }
  expect(users).toEqual(PACKAGES)
})

test('only the entry points read the environment of the process or write to its streams', () => {
  const users = files.filter(file => /process\.(env|stdout|stderr)|console\./.test(sourceOf(file)))
  expect(users).toEqual(['github/event-path.ts', 'index.ts', 'runner/command.ts'])
})
