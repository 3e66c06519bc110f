import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

const toPattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replace(/^\.\//, '')
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*\*\/|\*\*|\*|\?/g, part =>
        part === '**/' ? '(?:.*/)?' : part === '**' ? '.*' : part === '*' ? '[^/]*' : '[^/]'
      )}$`
  )

/** The function `hashFiles()`: a hash over the hashes of all matching files, or `''`. */
export function hashFiles(workspace: string, patterns: string[]): string {
  const wanted = patterns.filter(pattern => !pattern.startsWith('!')).map(toPattern)
  const unwanted = patterns.filter(pattern => pattern.startsWith('!')).map(pattern => toPattern(pattern.slice(1)))
  const files = readdirSync(workspace, { recursive: true, encoding: 'utf8' })
    .map(name => join(workspace, name))
    .filter(path => {
      const name = relative(workspace, path).replaceAll('\\', '/')
      return wanted.some(each => each.test(name)) && !unwanted.some(each => each.test(name))
    })
    .filter(path => statSync(path).isFile())
    .sort()
  if (files.length === 0) return ''
  const whole = createHash('sha256')
  for (const path of files) {
    whole.update(createHash('sha256').update(readFileSync(path)).digest())
  }
  return whole.digest('hex')
}
