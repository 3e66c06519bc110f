import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { recipePages, recipesOf } from '../../../scripts/recipes.ts'
import type { LocalGitHub } from '../../../simulator/github/index.ts'
import { ROOT } from '../scenario.ts'

/** A recipe as its page presents it. */
export interface Section {
  readonly page: string
  readonly title: string
  /** Below `examples/`. */
  readonly files: readonly string[]
  /** The rows of its table of outcomes. */
  readonly rows: readonly string[]
}

const HEADING = /^(?=## )/m
const TABLE = /^\| [^|\n]* \| Deployments \| Run \|\n\| --- \| --- \| --- \|\n((?:\|.*\n)*)/m

/** Every section of docs/recipes with a workflow. */
export const sections = (): Section[] =>
  recipePages().flatMap(page =>
    readFileSync(join(ROOT, page), 'utf8')
      .split(HEADING)
      .slice(1)
      .map(text => ({
        page,
        title: /^## (.*)$/m.exec(text)?.[1] ?? '',
        files: recipesOf(text).map(path => path.replace('examples/', '')),
        rows: TABLE.exec(text)?.[1]?.trimEnd().split('\n') ?? []
      }))
      .filter(({ files }) => files.length > 0)
  )

/** Replaces the rows of a section's table of outcomes. */
export function writeRows({ page, title }: Section, rows: readonly string[]): void {
  const file = join(ROOT, page)
  const parts = readFileSync(file, 'utf8').split(HEADING)
  const text = parts.map(part =>
    part.startsWith(`## ${title}\n`)
      ? part.replace(TABLE, (all, old: string) => `${all.slice(0, all.length - old.length)}${rows.join('\n')}\n`)
      : part
  )
  writeFileSync(file, text.join(''))
}

/** The row for a case: each deployment, oldest first, with its final state and URL, and the result of the run. */
export function rowOf(name: string, github: LocalGitHub, conclusion: string): string {
  const deployments = github.store.deployments().map(({ id, environment, task, statuses }) => {
    const url = statuses.at(-1)?.environmentUrl ?? ''
    const where = task === 'deploy' ? `\`${environment}\`` : `\`${environment}\` (\`${task}\`)`
    return `${where}: \`${github.store.stateOf(id)}\`${url === '' ? '' : `, \`${url}\``}`
  })
  return `| ${name} | ${deployments.join('<br>') || 'none'} | \`${conclusion}\` |`
}
