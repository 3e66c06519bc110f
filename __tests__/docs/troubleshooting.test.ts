import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { anchorOf, SECTIONS, type Section } from '../../src/lib/errors.ts'
import { anchorsIn } from '../support/markdown-links.ts'
import { runMain } from '../support/one-job.ts'
import { failureOf } from '../support/results.ts'
import { startGitHub } from '../support/scenario.ts'
import { page, pageSections } from '../support/troubleshooting-page.ts'

test('every section that a message links to is on the page, and every section about messages is linked', () => {
  const anchors = anchorsIn(page)
  const sections = Object.keys(SECTIONS) as Section[]
  expect(sections.filter(section => !anchors.has(anchorOf(section)))).toEqual([])
  expect(pageSections.map(({ heading }) => heading).sort()).toEqual(Object.values(SECTIONS).sort())
})

test('every YAML block on the page is valid, without a key that is there twice', () => {
  const blocks = [...page.matchAll(/^( *)```yaml\n([\s\S]*?)^ *```$/gm)]
  expect(blocks.length).toBeGreaterThan(20)
  for (const [, indent = '', block = ''] of blocks) {
    const text = block.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
    expect(parse(text, { strict: true, uniqueKeys: true })).toEqual(expect.any(Object))
  }
})

const SERVER = 'https://github.com'
const OF_RELEASE = { GITHUB_ACTION_REPOSITORY: 'octo-org/ship', GITHUB_ACTION_REF: 'v1', GITHUB_SERVER_URL: SERVER }
const PAGE = 'docs/troubleshooting.md'
const LINK = `See ${SERVER}/octo-org/ship/blob/v1/${PAGE}#inputs`
const NAME = `See "Inputs" in ${PAGE}.`

test.each([
  ['a release', {}, LINK],
  ['a branch', { GITHUB_ACTION_REF: 'feature/a.b' }, LINK.replace('v1', 'feature/a.b')],
  ['another server', { GITHUB_SERVER_URL: 'https://ghe.example.com/' }, LINK.replace('github', 'ghe.example')],
  ['no server', { GITHUB_SERVER_URL: '' }, LINK],
  ['a local action', { GITHUB_ACTION_REPOSITORY: '' }, NAME],
  ['a repository that is none', { GITHUB_ACTION_REPOSITORY: '../evil/page' }, NAME],
  ['a ref that leads elsewhere', { GITHUB_ACTION_REF: 'v1/../../../../evil/page/blob/v1' }, NAME],
  ['a ref with a query', { GITHUB_ACTION_REF: 'v1?x=' }, NAME],
  ['a ref with a line break', { GITHUB_ACTION_REF: 'v1\n::set-output name=a::b' }, NAME],
  ['a server that is a script', { GITHUB_SERVER_URL: 'javascript:alert(1)' }, NAME],
  ['a server with a password', { GITHUB_SERVER_URL: 'https://u:secret@github.com' }, LINK]
])('the last line of an error, for %s', async (_, env, last) => {
  const github = await startGitHub()
  const run = await runMain(github, { mode: 'stop' }, { env: { ...OF_RELEASE, ...env } })
  expect(failureOf(run)?.split('\n').at(-1)).toBe(last)
})

test('a long error keeps its link', async () => {
  const github = await startGitHub()
  github.intercept(() => ({
    status: 422,
    body: { message: 'x'.repeat(9000), errors: Array(5).fill('\n'.repeat(900)) }
  }))
  const failure = failureOf(await runMain(github, { environment: 'qa' }, { env: OF_RELEASE })) ?? ''
  expect(failure.length).toBeLessThanOrEqual(4096)
  expect(failure.split('\n').at(-1)).toBe(LINK.replace('inputs', 'github-rejects-a-value'))
})
