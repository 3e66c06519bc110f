/**
 * `npm run bench:scale` makes up to 10,000 deployments of one environment inactive, on a simulated GitHub that takes
 * 100 ms for each response, and writes docs/benchmarks-scale.md.
 */
import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { measure } from '../lib/process.ts'
import type { Scale, Seen } from './github-process.ts'
import { exponentOf } from './growth.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

const SCALES: readonly Scale[] = [
  { live: 1, all: 1 },
  { live: 100, all: 100 },
  { live: 1_000, all: 1_000 },
  { live: 10_000, all: 10_000 },
  { live: 10, all: 10_000 }
]

interface Figures extends Scale, Seen {
  readonly workMs: number
  readonly waitedMs: number
  readonly peakMb: number
}

const github = fork(here('github-process.ts'), { execArgv: process.execArgv })

async function ask<T>(message: Scale | null): Promise<T> {
  github.send(message as never)
  const [answer] = await once(github, 'message')
  return answer as T
}

async function measureScale(scale: Scale): Promise<Figures> {
  const env = await ask<Record<string, string>>(scale)
  const ran = await measure(here('deactivate.mjs'), { ...env, ...RUN }, { withUsage: true })
  const { workMs, waitedMs, deactivated, failure } = JSON.parse(ran.stdout)
  const seen = await ask<Seen>(null)
  if (failure !== '' || deactivated !== scale.live || seen.stillActive > 0) {
    throw new Error(`${scale.live} of ${scale.all}: ${deactivated} made inactive. ${failure}`)
  }
  return { ...scale, ...seen, workMs, waitedMs, peakMb: ran.peakMb }
}

const RUN = {
  GITHUB_REPOSITORY: 'octo-org/octo-repo',
  GITHUB_RUN_ID: '1',
  GITHUB_EVENT_NAME: 'workflow_dispatch',
  GITHUB_SHA: 'feed'.repeat(10)
}

const grouped = (value: number, digits = 0) =>
  value.toLocaleString('en-US', { maximumFractionDigits: digits, minimumFractionDigits: digits })
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

function tableOf(figures: readonly Figures[]): string {
  const head = ['live', 'of', 'reads', 'writes', 'work, s', 'waits between writes, s', 'peak, MB']
  return [
    row(head),
    row(head.map(() => '--:')),
    ...figures.map(one =>
      row([
        grouped(one.live),
        grouped(one.all),
        grouped(one.reads),
        grouped(one.writes),
        grouped(one.workMs / 1000, 1),
        grouped(one.waitedMs / 1000, 1),
        grouped(one.peakMb)
      ])
    )
  ].join('\n')
}

function pageOf(figures: readonly Figures[]): string {
  const git = execFileSync('git', ['-C', root, 'rev-parse', '--short', 'HEAD'], {
    encoding: 'utf8'
  })
  const [cpu] = cpus()
  // From 100 on, where the start of the process has no influence.
  const large = figures.filter(one => one.live === one.all && one.all >= 100)
  const grows = (value: (one: Figures) => number) => exponentOf(large.map(one => [one.all, value(one)])).toFixed(2)
  const [small, huge] = [large[0]?.peakMb ?? 0, large.at(-1)?.peakMb ?? 0]
  return `# How \`deactivate\` scales

Written by \`npm run bench:scale\`, which makes the deployments of one environment inactive. The simulated GitHub takes
100 ms for each response.

- Node ${process.version}, ${process.platform}-${process.arch}, ${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'})
- Commit ${git.trim()}, one run each

${tableOf(figures)}

From 100 to 10,000, with n live deployments: reads grow as n^${grows(one => one.reads)}, writes as n^${grows(one => one.writes)}, work as
n^${grows(one => one.workMs)}. Peak memory at 10,000 is ${(huge - small).toFixed(0)} MB above that at 100.

*Work* is the time that the action and GitHub take. *Waits* are the time between requests that GitHub asks for: one second
between two documents of 20 writes. The benchmark counts the waits without waiting; a real run takes the sum of both.
`
}

const figures: Figures[] = []
for (const scale of SCALES) {
  const one = await measureScale(scale)
  process.stdout.write(`${grouped(one.live)} of ${grouped(one.all)}: ${one.reads} reads, ${one.writes} writes\n`)
  figures.push(one)
}
github.disconnect()
const page = pageOf(figures)
process.stdout.write(`\n${page}`)
writeFileSync(new URL('../../docs/benchmarks-scale.md', import.meta.url), page)
