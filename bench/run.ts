/**
 * `npm run bench` compares the time of this action with that of a floor and of a bare Node process, and writes
 * docs/benchmarks.md. `--against <folder>` adds another action and only prints the result; `--with name=value` sets an
 * input of it. `--rounds 5` is faster and less exact.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readManifest } from '../simulator/runner/manifest.ts'
import { actionIn, bareNode, floor } from './lib/contender.ts'
import { codeOf, downloadOf } from './lib/download.ts'
import { startSlowGitHub } from './lib/github.ts'
import { expectSameRequests, play } from './lib/rounds.ts'
import { tableOf } from './lib/table.ts'

const { values } = parseArgs({
  options: {
    against: { type: 'string', multiple: true, default: [] },
    with: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '15' }
  }
})
const root = fileURLToPath(new URL('..', import.meta.url))
const given = Object.fromEntries(
  values.with.map(text => {
    const [name = '', ...value] = text.split('=')
    return [name, value.join('=')]
  })
)

const others = values.against.map(folder => resolve(folder))
const contenders = [
  bareNode,
  floor,
  actionIn(root, { environment: 'qa' }),
  ...others.map(folder => actionIn(folder, given))
]
const github = startSlowGitHub()
const results = await play(github, contenders, Number(values.rounds))
github.end()
const [, floorResult, actionResult] = results
if (floorResult && actionResult) expectSameRequests(floorResult, actionResult)

const folders = [undefined, undefined, root, ...others]
const sizes = new Map(
  results.flatMap((result, index) => {
    const folder = folders[index]
    return folder ? [[result, { download: downloadOf(folder), code: codeOf(codeFolder(folder)) }]] : []
  })
)
const table = tableOf(results, sizes)
process.stdout.write(`${table}\n`)
if (others.length === 0) writeFileSync(join(root, 'docs', 'benchmarks.md'), page(table))

function codeFolder(folder: string): string {
  const { runs } = readManifest(folder)
  return dirname(join(folder, runs.using === 'node' ? runs.main : ''))
}

function page(figures: string): string {
  const git = (...parameters: string[]) => execFileSync('git', ['-C', root, ...parameters], { encoding: 'utf8' }).trim()
  const isDirty = git('status', '--porcelain', '--', 'dist', 'src') !== ''
  const commit = `${git('rev-parse', '--short', 'HEAD')}${isDirty ? ' with changes' : ''}`
  const [cpu] = cpus()
  return `# Benchmarks

Written by \`npm run bench\`. "Where the time goes" in \`docs/design.md\` describes what saves time.

- Node ${process.version}, ${process.platform}-${process.arch}, ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'})
- Commit ${commit}, ${values.rounds} rounds; the programs take turns in each round
- Medians, and the quartiles in parentheses. On a shared machine only the ratios are meaningful

${figures}

*Bare Node* starts and ends, twice. The *floor* (\`bench/floor\`) is one script for each stage that gets \`node:http\`,
\`node:https\` and \`node:crypto\` by \`process.getBuiltinModule\` and sends the same requests in the same order, with the
same bodies: the benchmark fails if they differ. \`start\` and the post step may take at most 1.5 times as long as the
floor. All programs use \`simulator/github\`, which runs in its own process on the same machine, over plain HTTP: without
TLS and a network, the differences are easier to see. A latency delays each answer; the three writes are sequential.

To compare another action on the same work, run \`npm run bench -- --against <its folder> --with environment=qa\`. Its
committed bundle runs with the inputs that \`--with\` sets.
`
}
