import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './scenario.ts'

const withSlashes = (path: string): string => path.replaceAll('\\', '/')

/** The TypeScript files of a folder of the project, with their imports, imports of types included. */
export function importsIn(folder: string) {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts'))
    .map(withSlashes)
    .sort()
  const sourceOf = (file: string): string => readFileSync(join(ROOT, folder, file), 'utf8')
  const importsOf = (file: string): string[] =>
    [...sourceOf(file).matchAll(/(?:from |import |import\()'([^']+)'/g)].map(match => match[1] ?? '')
  const packagesOf = (file: string): string[] => importsOf(file).filter(name => !name.startsWith('.'))
  const filesOf = (file: string): string[] =>
    importsOf(file)
      .filter(name => name.startsWith('.'))
      .map(name => withSlashes(join(file, '..', name)))
  return { files, sourceOf, packagesOf, filesOf }
}

/** The circles of imports in a folder of the project, each as `a.ts > b.ts > a.ts`. */
export function circlesIn(folder: string): string[] {
  const { files, filesOf } = importsIn(folder)
  const known = new Set(files)
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' > '))
    if (done.has(file) || !known.has(file)) return
    done.add(file)
    for (const other of filesOf(file)) visit(other, [...path, file])
  }
  for (const file of files) visit(file, [])
  return circles
}
