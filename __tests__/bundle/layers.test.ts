import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { ROOT } from '../support/story.ts'

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
  '@actions/github': ['github/client.ts'],
  '@actions/github/lib/utils': ['github/client.ts'],
  'node:child_process': ['runner/process-group.ts'],
  'node:crypto': ['lib/clock.ts'],
  'node:fs': ['runner/command.ts', 'runner/event.ts', 'runner/journal.ts', 'runner/toolkit.ts'],
  'node:http': ['github/transport.ts'],
  'node:https': ['github/transport.ts'],
  'node:os': ['runner/command.ts', 'runner/process-group.ts'],
  'node:path': ['runner/command.ts', 'runner/journal.ts']
}

const withSlashes = (path: string): string => path.replaceAll('\\', '/')

const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .map(withSlashes)
  .sort()

const sourceOf = (file: string): string => readFileSync(join(ROOT, 'src', file), 'utf8')

const importsOf = (file: string): string[] =>
  [...sourceOf(file).matchAll(/(?:from |import |import\()'([^']+)'/g)].map(match => match[1] ?? '')

const ownImports = (file: string): string[] =>
  importsOf(file)
    .filter(name => name.startsWith('.'))
    .map(name => withSlashes(join(file, '..', name)))

const folderOf = (file: string): string => file.split('/')[0] ?? ''
const layerOf = (file: string): number => LAYERS.findIndex(row => row.includes(folderOf(file)))

test('every folder has a layer, and every layer a folder', () => {
  expect([...new Set(files.map(folderOf))].sort()).toEqual(LAYERS.flat().sort())
})

test('files import from their own folder and from lower layers', () => {
  const violations = files.flatMap(file =>
    ownImports(file)
      .filter(other => folderOf(other) !== folderOf(file) && layerOf(other) >= layerOf(file))
      .map(other => `${file} imports ${other}`)
  )
  expect(violations).toEqual([])
})

test('there is no circle of imports, types included', () => {
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' > '))
    if (done.has(file)) return
    done.add(file)
    for (const other of ownImports(file)) visit(other, [...path, file])
  }
  for (const file of files) visit(file, [])
  expect(circles).toEqual([])
})

test('a package is imported only by the files that own it', () => {
  const users: Record<string, string[]> = {}
  for (const file of files) {
    for (const name of importsOf(file).filter(each => !each.startsWith('.'))) {
      users[name] = [...(users[name] ?? []), file]
    }
  }
  expect(users).toEqual(PACKAGES)
})

test('only the entry points read the environment of the process or write to its streams', () => {
  const users = files.filter(file => /process\.(env|stdout|stderr)|console\./.test(sourceOf(file)))
  expect(users).toEqual(['github/event-path.ts', 'index.ts', 'runner/command.ts'])
})
