import { afterAll, expect, test } from '@jest/globals'
import { event } from '../../simulator/events/index.ts'
import { decode } from '../../simulator/runner/command-files.ts'
import { type JobResult, runWorkflow } from '../../simulator/runner/index.ts'
import { probeRepository } from '../../simulator/runner/probe.ts'

const action = 'runs: { using: node24, main: main.js, post: post.js }'
const post = `console.log(process.env.STATE_id + ' ' + require('node:fs').existsSync(process.env.GITHUB_EVENT_PATH))`

const repository = probeRepository({
  'deletes/action.yml': action,
  'deletes/main.js': `
    const { appendFileSync, rmSync } = require('node:fs')
    appendFileSync(process.env.GITHUB_STATE, 'id=1\\n')
    appendFileSync(process.env.GITHUB_OUTPUT, 'o=1\\n')
    rmSync(process.env.RUNNER_TEMP, { recursive: true })
  `,
  'deletes/post.js': post,
  'restores/action.yml': action,
  'restores/main.js': `
    const { mkdirSync, rmSync, writeFileSync } = require('node:fs')
    const { dirname } = require('node:path')
    rmSync(process.env.RUNNER_TEMP, { recursive: true })
    mkdirSync(dirname(process.env.GITHUB_STATE), { recursive: true })
    writeFileSync(process.env.GITHUB_STATE, 'id=2\\n')
    writeFileSync(process.env.GITHUB_OUTPUT, 'o=2\\n')
  `,
  'restores/post.js': post,
  'leaves/action.yml': action,
  'leaves/main.js': '',
  'leaves/post.js': ''
})
afterAll(repository.remove)

const run = async (steps: string): Promise<JobResult | undefined> => {
  const { jobs } = await runWorkflow({
    workflow: `\njobs:\n  a:\n    steps:\n${steps}`,
    root: repository.root,
    event: event('push')
  })
  return jobs['a']
}

test.each([
  ['deletes', '[]', 'undefined true\n'],
  ['restores', '[2]', '2 true\n']
])('an action that %s its command files while it runs', async (name, outputs, printed) => {
  const job = await run(`
      - { id: a, uses: ./${name} }
      - { run: 'echo "[\${{ steps.a.outputs.o }}]"' }
  `)
  expect(job?.steps.map(step => step.stdout)).toEqual(['', `${outputs}\n`, printed])
  expect(job?.conclusion).toBe('success')
})

test('the pairs before a malformed line count, and the step fails', async () => {
  const job = await run(`
      - { id: a, run: 'printf "A=1\\nnonsense\\nB=2\\n" | tee "$GITHUB_ENV" > "$GITHUB_OUTPUT"' }
      - { if: always(), run: 'echo "[$A][$B][\${{ steps.a.outputs.A }}][\${{ steps.a.outputs.B }}]"' }
  `)
  expect(job?.steps.map(step => step.conclusion)).toEqual(['failure', 'success'])
  expect(job?.steps[1]?.stdout).toBe('[1][][1][]\n')
  expect(job?.steps[0]?.annotations.map(each => each.message)).toEqual([
    ...["Unable to process file command 'output' successfully.", "Invalid format 'nonsense'"],
    ...["Unable to process file command 'env' successfully.", "Invalid format 'nonsense'"]
  ])
})

test.each([
  ['UTF-8', [0xc3, 0xa4], 'ä'],
  ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0x61], 'a'],
  ['UTF-16 LE', [0xff, 0xfe, 0x61, 0x00], 'a'],
  ['UTF-16 BE', [0xfe, 0xff, 0x00, 0x61], 'a'],
  ['an invalid byte', [0x61, 0xff], 'a\ufffd'],
  ['nothing', [], '']
])('decodes %s', (_, bytes, text) => {
  expect(decode(Uint8Array.from(bytes))).toBe(text)
})

test('the post step of a local action without its action.yml fails', async () => {
  const job = await run(`
      - { name: one, uses: ./leaves }
      - { run: rm leaves/action.yml }
  `)
  expect(job?.steps.at(-1)).toMatchObject({ name: 'Post one', conclusion: 'failure' })
  expect(job?.annotations[0]?.message).toContain("Can't find 'action.yml'")
})
