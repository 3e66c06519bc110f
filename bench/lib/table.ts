import type { Result } from './rounds.ts'
import { spreadOf } from './statistics.ts'

const ms = (numbers: readonly number[]): string => {
  const { median, low, high } = spreadOf(numbers)
  return `${median.toFixed(0)} (${low.toFixed(0)}-${high.toFixed(0)})`
}

const ratio = (numbers: readonly number[], floor: readonly number[]): string =>
  (spreadOf(numbers).median / spreadOf(floor).median).toFixed(2)

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

export interface Sizes {
  readonly download: number | undefined
  readonly code: number
}

/** The results as a Markdown table. The second one is the floor. */
export function tableOf(results: readonly Result[], sizes: ReadonlyMap<Result, Sizes>): string {
  const floor = results[1]
  if (!floor) throw new Error('There is no floor to compare with.')
  const kb = (bytes: number | undefined) => (bytes === undefined ? '' : (bytes / 1000).toFixed(0))
  const line = (name: string, cell: (result: Result) => string) => row([name, ...results.map(cell)])
  const both = (result: Result, latency: number) => result.both.get(latency) ?? []
  return [
    row(['', ...results.map(result => result.contender.name)]),
    row(['---', ...results.map(() => '--:')]),
    line('`start`, ms', result => ms(result.main)),
    line('`start` over the floor', result => ratio(result.main, floor.main)),
    line('post, ms', result => ms(result.post)),
    line('post over the floor', result => ratio(result.post, floor.post)),
    line('both, ms', result => ms(both(result, 0))),
    line('both, latency 50 ms', result => ms(both(result, 50))),
    line('over the floor', result => ratio(both(result, 50), both(floor, 50))),
    line('both, latency 200 ms', result => ms(both(result, 200))),
    line('over the floor', result => ratio(both(result, 200), both(floor, 200))),
    line('requests', result => String(result.requests.length)),
    line('CPU of both, ms', result => ms(result.cpu)),
    line('peak memory, MB', result => ms(result.peakMb)),
    line('code on disk, kB', result => kb(sizes.get(result)?.code)),
    line('download (gzip), kB', result => kb(sizes.get(result)?.download))
  ].join('\n')
}
