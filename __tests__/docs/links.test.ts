import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from '@jest/globals'
import { anchorsIn, linksIn } from '../support/markdown-links.ts'
import { ROOT } from '../support/scenario.ts'

/** The hosts that pages may link to. */
const HOSTS = [
  'api.scorecard.dev',
  'docs.github.com',
  'github.com',
  'scorecard.dev',
  'semver.org',
  'www.githubstatus.com'
]

const IGNORED = ['node_modules', '.git', 'dist', 'coverage']

const pagesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return IGNORED.includes(entry.name) ? [] : pagesIn(path)
    return entry.name.endsWith('.md') ? [path] : []
  })

/** The problem of a link, or undefined if it resolves. */
function problemOf(page: string, markdown: string, link: string): string | undefined {
  if (/^[a-z][a-z+.-]*:/i.test(link)) {
    const { protocol, host } = new URL(link)
    return protocol === 'https:' && HOSTS.includes(host) ? undefined : 'not a listed host'
  }
  const [path = '', anchor] = decodeURI(link).split('#')
  const target = path === '' ? page : resolve(dirname(page), path)
  if (relative(ROOT, target).startsWith('..')) return 'leads out of the repository'
  if (!existsSync(target)) return 'does not exist'
  if (anchor === undefined || !statSync(target).isFile() || !target.endsWith('.md')) return
  const anchors = anchorsIn(target === page ? markdown : readFileSync(target, 'utf8'))
  return anchors.has(anchor) ? undefined : 'no such heading'
}

test('every link on every page resolves', () => {
  const pages = pagesIn(ROOT)
  expect(pages).toContain(join(ROOT, 'README.md'))
  const problems = pages.flatMap(page => {
    const markdown = readFileSync(page, 'utf8')
    return linksIn(markdown).flatMap(link => {
      const problem = problemOf(page, markdown, link)
      return problem === undefined ? [] : [`${relative(ROOT, page)}: ${link}: ${problem}`]
    })
  })
  expect(problems).toEqual([])
})

test('links are found in every form, except in code', () => {
  const markdown = `
# What a *page* can, \`say\`: [all](b.md)
[a](one.md "title"), ![p](<two.png>), [\`c\`](three.md#x), [over
lines](four.md) <https://github.com/a> https://github.com/b.
[r]: five.md
<img src="six.png">
\`[no](code.md)\` \`\`https://no.example.com\`\`
\`\`\`yaml
[no](fenced.md) https://no.example.com
\`\`\`
## Twice
## Twice
`
  expect(linksIn(markdown).sort()).toEqual([
    ...['b.md', 'five.md', 'four.md', 'https://github.com/a', 'https://github.com/b.'],
    ...['one.md', 'six.png', 'three.md#x', 'two.png']
  ])
  expect([...anchorsIn(markdown)]).toEqual(['what-a-page-can-say-all', 'twice', 'twice-1'])
})

test.each([
  ['docs/recipes.md', 'gone.md', 'does not exist'],
  ['docs/recipes.md', '../../x', 'leads out of the repository'],
  ['docs/recipes.md', '../README.md#no-such', 'no such heading'],
  ['docs/recipes.md', '#no-such', 'no such heading'],
  ['README.md', 'http://github.com/a', 'not a listed host'],
  ['README.md', 'https://example.org', 'not a listed host'],
  ['README.md', 'docs/design.md#main-and-post', undefined]
])('%s → %s: %s', (page, link, problem) => {
  const path = join(ROOT, page)
  expect(problemOf(path, readFileSync(path, 'utf8'), link)).toBe(problem)
})
