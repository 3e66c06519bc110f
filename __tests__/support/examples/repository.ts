import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { parse } from 'yaml'
import type { TokenGrant } from '../../../simulator/github/index.ts'
import { ACTION, ROOT } from '../scenario.ts'

const EXAMPLES = join(ROOT, 'examples')
export const STAND_INS = join(ROOT, '__tests__', 'stand-ins')

/** A line of an example, and what a user has there instead. */
export type Edit = readonly [line: string, own: string]

/** A user's repository, with examples at the places where a user puts them. */
export interface Repository {
  readonly root: string
  /** The actions that its workflows use. */
  readonly actions: Record<string, string>
  path(file: string): string
  remove(): void
}

/** Every example, from the folder `examples`, with slashes on Windows too. */
export const allExamples = (): string[] =>
  readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.yml'))
    .map(path => path.replaceAll('\\', '/'))
    .sort()

export const textOf = (file: string): string => readFileSync(join(EXAMPLES, file), 'utf8')

/** The workflows and composite actions that an example uses, and what those use. They are next to it. */
export const calledBy = (file: string): string[] =>
  [...textOf(file).matchAll(/uses: \.\/\.github\/(workflows|actions)\/(\S+)/g)].flatMap(([, kind, name = '']) => {
    const folder = file.endsWith('action.yml') ? dirname(dirname(file)) : dirname(file)
    const called = join(folder, kind === 'actions' ? join(name, 'action.yml') : name)
    return [called, ...calledBy(called)]
  })

/** The line of an example, or of what it uses, that stands for the user's own deploy; `what` is its end. */
export function placeholderIn(file: string, what = ''): string {
  const text = [file, ...calledBy(file)].map(textOf).join('')
  const lines = text.match(/echo "Replace this line with [^"\n]*"/g) ?? []
  const line = lines.find(each => each.endsWith(`${what}"`))
  if (line === undefined) throw new Error(`${file} has no line to replace that ends with "${what}"`)
  return line
}

/** Creates a repository with these examples and what they use. The text of each edit is in one of them, once. */
export function openRepository(files: readonly string[], edits: readonly Edit[] = []): Repository {
  const root = mkdtempSync(join(tmpdir(), 'example-'))
  const path = (file: string): string => {
    const isAction = file.endsWith('action.yml')
    return join(
      root,
      '.github',
      isAction ? 'actions' : 'workflows',
      isAction ? file.split('/').slice(-2).join('/') : basename(file)
    )
  }
  const all = [...new Set(files.flatMap(file => [file, ...calledBy(file)]))]
  for (const [text] of edits) {
    const places = all.map(textOf).join('').split(text).length - 1
    if (places !== 1) throw new Error(`"${text}" is ${places} times in ${all.join(', ')}`)
  }
  for (const file of all) {
    mkdirSync(dirname(path(file)), { recursive: true })
    writeFileSync(
      path(file),
      edits.reduce((text, [line, own]) => text.replace(line, () => own), textOf(file))
    )
  }
  return {
    ...{ root, path, actions: actionsIn(all.map(textOf).join('\n')) },
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** The actions that a workflow names: ours, a stand-in for each other one, or nothing if there is none. */
export const actionsIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/uses: (([\w-]+\/([\w-]+))\S*@\S+)/g)].map(([, uses = '', , name = '']) => {
      const standIn = join(STAND_INS, name)
      return [uses, uses === ACTION ? ROOT : existsSync(standIn) ? standIn : 'skip']
    })
  )

/** The `GITHUB_TOKEN` of some examples: it has the permissions of their jobs together, and no others. */
export function tokenOf(files: readonly string[]): TokenGrant {
  const jobs = files.flatMap(file => Object.values(Object(parse(textOf(file))).jobs ?? {}))
  const permissions = jobs.map(job => Object(job).permissions as TokenGrant['permissions'] | undefined)
  return { kind: 'github-token', permissions: Object.assign({}, ...permissions) }
}
