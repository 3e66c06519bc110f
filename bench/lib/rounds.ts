import type { Contender } from './contender.ts'
import type { SlowGitHub } from './github.ts'

export const LATENCIES_MS = [0, 50, 200] as const

/** What came out for one contender, a number for each round. */
export interface Result {
  readonly contender: Contender
  readonly main: number[]
  readonly post: number[]
  /** Both stages, one after the other, by the latency of each answer. */
  readonly both: Map<number, number[]>
  readonly cpu: number[]
  readonly peakMb: number[]
  requests: number
}

/** Runs all contenders in turn, round after round, so that what slows the machine meets all alike. */
export async function play(
  github: SlowGitHub,
  contenders: readonly Contender[],
  rounds: number
): Promise<Result[]> {
  const results = contenders.map(emptyResult)
  for (let round = 0; round <= rounds; round++) {
    for (const latency of LATENCIES_MS) {
      for (const result of results) await time(github, result, latency, round > 0)
    }
    for (const result of results) await weigh(github, result, round > 0)
  }
  return results
}

const emptyResult = (contender: Contender): Result => ({
  contender,
  main: [],
  post: [],
  both: new Map(LATENCIES_MS.map(latency => [latency, []])),
  cpu: [],
  peakMb: [],
  requests: 0
})

/** The first round warms up everything there is to warm, and does not count. */
async function time(
  github: SlowGitHub,
  result: Result,
  latency: number,
  counts: boolean
): Promise<void> {
  const env = await github.begin(latency)
  const { main, post } = await result.contender.run(env, { withUsage: false })
  const requests = await github.requests()
  const wrong = requests.filter(each => each.status >= 400)
  if (wrong.length > 0) throw new Error(`${result.contender.name}: ${JSON.stringify(wrong)}`)
  result.requests = requests.length
  if (!counts) return
  result.both.get(latency)?.push(main.wallMs + post.wallMs)
  if (latency > 0) return
  result.main.push(main.wallMs)
  result.post.push(post.wallMs)
}

async function weigh(github: SlowGitHub, result: Result, counts: boolean): Promise<void> {
  const env = await github.begin(0)
  const { main, post } = await result.contender.run(env, { withUsage: true })
  if (!counts) return
  result.cpu.push(main.cpuMs + post.cpuMs)
  result.peakMb.push(Math.max(main.peakMb, post.peakMb))
}
