/**
 * `npm run bench`: what a deploy job pays for this action, and for any other whose folder is named by
 * `--against <folder>`, against a bare Node process and a floor. Writes docs/benchmarks.md; with `--against`
 * it only prints. `--with name=value` gives the other action an input, `--rounds 5` is for the impatient.
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
import { play } from './lib/rounds.ts'
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

const folders = [undefined, undefined, root, ...others]
const sizes = new Map(
  results.flatMap((result, index) => {
    const folder = folders[index]
    return folder
      ? [[result, { download: downloadOf(folder), code: codeOf(codeFolder(folder)) }]]
      : []
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
  const git = (...parameters: string[]) =>
    execFileSync('git', ['-C', root, ...parameters], { encoding: 'utf8' }).trim()
  const isDirty = git('status', '--porcelain', '--', 'dist', 'src') !== ''
  const commit = `${git('rev-parse', '--short', 'HEAD')}${isDirty ? ' with changes' : ''}`
  const [cpu] = cpus()
  return `# Benchmarks

Written by \`npm run bench\`; \`docs/design.md\` ("Where the time goes") says what was done about it.

- Node ${process.version}, ${process.platform}-${process.arch}, ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'})
- Commit ${commit}, ${values.rounds} rounds; the programs take turns in each
- Medians, and in parentheses the quartiles. The machine is shared: trust the ratios

${figures}

*Bare Node* starts and ends, twice. The *floor* (\`bench/floor\`) is a script of ten lines for each stage that
sends the writes with \`node:http\` and checks nothing. An \`import\` of \`node:http\` makes Node 24 load its
\`fetch\` as well; *by \`require\`* is the same script without that, which no program that needs TLS, random keys
and modules of its own comes near. \`start\` sends one request more, a read beside the first write. All speak to
\`simulator/github\`, a process of its own on the same machine, over plain HTTP: no TLS and no network, so that the
differences show. A late answer is late by that long; the three writes follow one another.

To compare another action, on the same work: \`npm run bench -- --against <its folder> --with environment=qa\`.
Its committed bundle runs, with the inputs that \`--with\` gives.
`
}
