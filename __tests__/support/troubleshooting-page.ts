import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './scenario.ts'

/** docs/troubleshooting.md as its readers search it: by section, and by the messages of a section. */
export const page = readFileSync(join(ROOT, 'docs', 'troubleshooting.md'), 'utf8')

interface PageSection {
  readonly heading: string
  /** Parts of messages; `…` stands for what differs. */
  readonly keys: readonly string[]
}

export const pageSections: readonly PageSection[] = page
  .split(/^#{2,3} /m)
  .slice(1)
  .map(text => {
    const [heading = ''] = text.split('\n')
    const [, listed = ''] = /^\*\*Messages?:\*\* ([\s\S]*?)\n\n/m.exec(text) ?? []
    const inRows = [...text.matchAll(/^\| `([^|`]+)` \|/gm)].map(([, key = '']) => key)
    const inList = [...listed.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key)
    return { heading, keys: [...inList, ...inRows] }
  })
  .filter(({ keys }) => keys.length > 0)

/** Whether a message contains a key of the page. */
export const hasKey = (message: string, key: string): boolean => {
  const parts = key.split('…').map(part => part.replace(/[^\w\s]/g, '\\$&'))
  return new RegExp(parts.join('.*'), 's').test(message)
}
