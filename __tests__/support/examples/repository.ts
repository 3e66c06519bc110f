import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { ACTION, ROOT } from '../story.ts'

const EXAMPLES = join(ROOT, 'examples')
const STAND_INS = join(ROOT, '__tests__', 'stand-ins')

/** A line of an example → what a reader has there instead. */
export type Edit = readonly [line: string, own: string]

/** A reader's repository, with examples where a reader puts them. */
export interface Repository {
  readonly root: string
  /** What its workflows name. */
  readonly actions: Record<string, string>
  path(file: string): string
  remove(): void
}

/** Every example, seen from the folder `examples`. */
export const allExamples = (): string[] =>
  readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.yml'))
    .sort()

export const textOf = (file: string): string => readFileSync(join(EXAMPLES, file), 'utf8')

/** The examples that an example calls; they lie beside it. */
export const calledBy = (file: string): string[] =>
  [...textOf(file).matchAll(/uses: \.\/\.github\/workflows\/(\S+)/g)].map(([, name = '']) => join(dirname(file), name))

/** Opens one with these examples and what they call; the edit is of the first. */
export function openRepository(files: readonly string[], edit?: Edit): Repository {
  const root = mkdtempSync(join(tmpdir(), 'example-'))
  const folder = join(root, '.github', 'workflows')
  const path = (file: string): string => join(folder, basename(file))
  mkdirSync(folder, { recursive: true })
  const [first] = files
  const all = new Set(files.flatMap(file => [file, ...calledBy(file)]))
  for (const file of all) {
    const text = textOf(file)
    writeFileSync(path(file), file === first && edit ? edited(text, edit) : text)
  }
  return {
    ...{ root, path, actions: actionsIn([...all].map(textOf).join('\n')) },
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 })
  }
}

function edited(text: string, [line, own]: Edit): string {
  const [before, after, ...more] = text.split(line)
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`"${line}" does not stand in the example once`)
  }
  return before + own + after
}

/** The actions that a workflow names: ours, and a stand-in for each of the others. */
export const actionsIn = (text: string): Record<string, string> => ({
  [ACTION]: ROOT,
  ...Object.fromEntries(
    [...text.matchAll(/uses: (actions\/([\w-]+)@\S+)/g)].map(([, uses = '', name = '']) => [
      uses,
      join(STAND_INS, name)
    ])
  )
})
