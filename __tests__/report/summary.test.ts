import { expect, test } from '@jest/globals'
import { micromark } from 'micromark'
import { event, HEAD_SHA } from '../../simulator/events/index.ts'
import { escapeMarkdown, facts, link } from '../../src/lib/markdown.ts'
import { act } from '../support/act.ts'
import { expectEscaped, MANY_LINES, ONE_LINE } from '../support/hostile.ts'
import { ACTION, runJob, startGitHub } from '../support/scenario.ts'
import { seed } from '../support/seeds.ts'

const OLD_SHA = 'abcd'.repeat(10)

test('a deployment has one summary, from the step that finishes it', async () => {
  const github = await startGitHub()
  const [previous] = seed(github, { environment: 'qa', sha: OLD_SHA })
  const step = `- uses: ${ACTION}\n  with: { environment: qa, environment-url: https://qa.example.com }`
  const job = await runJob(github, `${step}\n- run: echo done`)
  expect(job.summaries.filter(text => text !== '')).toHaveLength(1)
  const post = job.steps.at(-1)
  const summary = post?.summary ?? ''
  const [id, server] = [github.store.deployments().at(-1)?.id, github.env().GITHUB_SERVER_URL]
  expect(summary).toMatch(
    /^### ✅ Deployed to qa\n\n\[https&#58;&#47;&#47;qa&#46;example&#46;com\]\(https:\/\/qa\.example\.com\/?\)\n/
  )
  expect(summary).toContain(`${server}/octo-org/octo-repo/commit/${HEAD_SHA}`)
  expect(summary).toContain('main')
  expect(summary).toContain(`${server}/octo-org/octo-repo/compare/${OLD_SHA}...${HEAD_SHA}`)
  expect(summary).toContain(String(id))
  expect(summary).toMatch(/\/actions\/runs\/\d+\/job\/4242/)
  expect(summary).toMatch(/\| Duration \|[\s\S]+\| \d+ s \|/)
  expectEscaped(summary)
  expect(job.steps[0]?.outputs).toMatchObject({
    'previous-deployment-id': String(previous),
    'previous-sha': OLD_SHA,
    'compare-url': `${server}/octo-org/octo-repo/compare/${OLD_SHA}...${HEAD_SHA}`
  })
})

const count = (summaries: readonly string[]) => summaries.filter(text => text !== '').length

test.each([
  ['a failed job', '- run: exit 1', '', 1, /❌ Deployment to qa failed/],
  ['an explicit finish', `- uses: ${ACTION}\n  with: { mode: finish }`, '', 1, /✅ Deployed to qa/],
  ['left to another job', '- run: echo done', 'auto-finish: false', 1, /🔄 Deploying to qa/],
  ['not wanted', '- run: echo done', 'summary: FALSE', 0, /^$/],
  ['a wrapped command', '- run: echo done', 'run: "true"', 1, /✅ Deployed to qa/]
])('%s', async (_, next, input, summaries, text) => {
  const github = await startGitHub()
  const first = `- uses: ${ACTION}\n  with:\n    environment: qa${input ? `\n    ${input}` : ''}`
  const job = await runJob(github, `${first}\n${next}`)
  expect(count(job.summaries)).toBe(summaries)
  expect(job.summaries.join('')).toMatch(text)
})

test('without a URL, the environment links to its page with its name encoded', async () => {
  const github = await startGitHub()
  const name = 'a b/ü?&#[x](y)'
  const inputs = { environment: name, 'auto-finish': 'false' }
  const { summary } = await act(github, inputs)
  const target = /\]\(([^)]*)\)/.exec(summary)?.[1] ?? ''
  expect(new URL(target).pathname).toMatch(/^\/octo-org\/octo-repo\/deployments/)
  expect(decodeURIComponent(target)).toContain(name)
})

test('text from outside is shown as it is written, without links or HTML', async () => {
  const github = await startGitHub()
  const inputs = {
    environment: ONE_LINE.slice(0, 250),
    description: MANY_LINES,
    'auto-finish': 'false',
    'environment-url': 'https://example.com/)[x](javascript:1)|"<b>`'
  }
  const branch = `${ONE_LINE}GH-1`
  const payload = { pull_request: { title: ONE_LINE, user: { login: ONE_LINE } } }
  const pull = event('pull_request', { branch, payload })
  const { summary } = await act(github, inputs, { event: pull })
  expectEscaped(summary)
  expect(summary).toContain('https://example.com/')
})

test('the summary of deactivate shows at most 100 deployments', async () => {
  const github = await startGitHub()
  const name = `*${'<|`'.repeat(80)}`
  const states = Array.from({ length: 130 }, () => 'failure' as const)
  seed(github, ...states.map(state => ({ environment: name, state })))
  const inputs = {
    mode: 'deactivate',
    environment: '*<*',
    delete: 'deployments',
    'dry-run': 'true'
  }
  const run = await act(github, inputs)
  expect(run.exitCode).toBe(0)
  const rows = run.summary.split('\n').filter(line => /^\| \d+/.test(line))
  expect(rows.length).toBeGreaterThan(10)
  expect(Buffer.byteLength(run.summary)).toBeLessThan(1024 * 1024)
  expectEscaped(run.summary)
})

test.each([
  ['<img src=x onerror=1>'],
  ['[x](javascript:1)'],
  ['![i](https://evil.example/p.png)'],
  ['`code` **bold** _it_ ~~s~~'],
  ['@org/team #1 octo/repo#2 !3'],
  ['| a | b |'],
  ['</details>\n\n# Title\n- list\n1. one\n> quote\n---'],
  ['https://evil.example www.evil.example mailto:a@b.co a@b.co'],
  ['&lt;b&gt; &#60;b&#62; &amp;'],
  ['$x$ :smile: \\ ^1 [^1] ==='],
  ['\u202egnp.exe\u0007']
])('escaped: %j', text => {
  const escaped = escapeMarkdown(text)
  expectEscaped(`| ${escaped} |`)
  expect(escaped).not.toMatch(/[*_~\\$:[\]()!^=+]/)
  // A mention or an issue number must not come together again once the entities are read.
  expect(escaped).not.toMatch(/&#(64|35);[^&]/)
})

test.each(['- a', ' - a', '---', '    code'])('at the start of a line, %j is only text', text => {
  expect(micromark(escapeMarkdown(text))).toMatch(/^<p>.*<\/p>$/)
})

test('plain words stay unchanged, and long text is truncated', () => {
  expect(escapeMarkdown('Ünïcode 日本 release 7 🚀')).toBe('Ünïcode 日本 release 7 🚀')
  expect(escapeMarkdown('<'.repeat(100_000)).length).toBeLessThan(4000)
})

test.each([
  ['javascript:alert(1)', 'x'],
  ['data:text/html,x', 'x'],
  ['//example.com', 'x'],
  ['', 'x']
])('no link to %s', (address, text) => {
  expect(link(text, address)).toBe(text)
})

test('text from outside cannot end a link or a table row', () => {
  const made = link('a](b', `https://example.com/a)b(c"d'e<f>g|h\`i*j\\k[l]`)
  expectEscaped(made)
  expect(made.match(/\]\(/g)).toHaveLength(1)
  expect(
    facts([
      ['A', 'b'],
      ['C', '']
    ])
  ).toBe('| A |\n| --- |\n| b |')
})
