import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { StepResult } from './types.ts'

const ACTION = `
name: Probe
inputs:
  label:
  url:
  output: { description: 'name=value for GITHUB_OUTPUT' }
  state: { description: 'name=value for GITHUB_STATE' }
  env: { description: 'name=value for GITHUB_ENV' }
  exit: { default: '0' }
  exit-post: { default: '0' }
  wait: { description: 'until a signal: once or stubborn' }
  old: { deprecationMessage: use label }
  job-status: { default: '\${{ job.status }}' }
  check-run-id: { default: '\${{ job.check_run_id }}' }
  a name: { default: '\${{ github.event_name }}' }
runs:
  using: node24
  main: main.js
  post: post.js
`

const SCRIPT = `
const { appendFileSync } = require('node:fs')
const { basename } = require('node:path')
const stage = basename(__filename, '.js')
const pick = prefix => Object.fromEntries(
  Object.entries(process.env)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value])
)
const inputs = pick('INPUT_')
console.log(JSON.stringify({ stage, inputs, state: pick('STATE_') }))
for (const file of ['OUTPUT', 'STATE', 'ENV']) {
  if (inputs[file]) appendFileSync(process.env['GITHUB_' + file], inputs[file] + '\\n')
}
appendFileSync(process.env.GITHUB_STEP_SUMMARY, stage + ' ' + inputs.LABEL + '\\n')
if (stage === 'main' && inputs.WAIT) {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      console.log('got ' + signal)
      if (inputs.WAIT !== 'stubborn') process.exit(0)
    })
  }
  setInterval(() => {}, 1000)
  console.log('waiting')
} else {
  process.exitCode = Number(inputs[stage === 'main' ? 'EXIT' : 'EXIT-POST'])
}
`

/** A temporary repository with an action that prints what the runner passes to it. */
export interface ProbeRepository {
  root: string
  remove: () => void
}

/** Creates the repository. The action is `./probe`; further files are given by path. */
export function probeRepository(files: Record<string, string> = {}): ProbeRepository {
  const root = mkdtempSync(join(tmpdir(), 'probe-'))
  const all = {
    'probe/action.yml': ACTION,
    'probe/main.js': SCRIPT,
    'probe/post.js': SCRIPT,
    ...files
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) }
}

/** The variables of one stage of the probe. */
export interface Seen {
  stage: string
  inputs: Record<string, string>
  state: Record<string, string>
}

/** Reads the variables from the first line of the output. */
export function seenBy(step: Pick<StepResult, 'stdout'> | undefined): Seen {
  const [line = ''] = (step?.stdout ?? '').split('\n')
  const seen: Seen = JSON.parse(line)
  return seen
}
