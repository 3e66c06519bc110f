import type { Contender } from './contender.ts'
import type { AnsweredRequest, SlowGitHub } from './github.ts'

export const LATENCIES_MS = [0, 50, 200] as const

/** The results of one contender, one number for each round. */
export interface Result {
  readonly contender: Contender
  readonly main: number[]
  readonly post: number[]
  /** Both stages together, by the latency of each answer. */
  readonly both: Map<number, number[]>
  readonly cpu: number[]
  readonly peakMb: number[]
  requests: readonly AnsweredRequest[]
}

/** Runs the contenders in turn in each round, so that a slow phase of the machine affects all of them. */
export async function play(github: SlowGitHub, contenders: readonly Contender[], rounds: number): Promise<Result[]> {
  const results = contenders.map(emptyResult)
  // Round 0 fills the caches of the system and does not count.
  for (let round = 0; round <= rounds; round++) {
    for (const latency of LATENCIES_MS) {
      for (const result of results) await time(github, result, latency, round > 0)
    }
    for (const result of results) await measureUsage(github, result, round > 0)
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
  requests: []
})

async function time(github: SlowGitHub, result: Result, latency: number, counts: boolean): Promise<void> {
  const env = await github.restart(latency)
  const { main, post } = await result.contender.run(env, { withUsage: false })
  const requests = await github.requests()
  const failed = requests.filter(each => each.status >= 400)
  if (failed.length > 0) throw new Error(`${result.contender.name}: ${JSON.stringify(failed)}`)
  result.requests = requests
  if (!counts) return
  result.both.get(latency)?.push(main.wallMs + post.wallMs)
  if (latency > 0) return
  result.main.push(main.wallMs)
  result.post.push(post.wallMs)
}

async function measureUsage(github: SlowGitHub, result: Result, counts: boolean): Promise<void> {
  const env = await github.restart(0)
  const { main, post } = await result.contender.run(env, { withUsage: true })
  if (!counts) return
  result.cpu.push(main.cpuMs + post.cpuMs)
  result.peakMb.push(Math.max(main.peakMb, post.peakMb))
}

/** Throws if the floor does not send the same requests as the action: it would be no floor then. */
export function expectSameRequests(floor: Result, action: Result): void {
  const [sent, wanted] = [floor, action].map(({ requests }) => describe(requests).join('\n'))
  if (sent === wanted) return
  throw new Error(`bench/floor must send the requests of the action.\nFloor:\n${sent}\nAction:\n${wanted}`)
}

/** The operations and bodies of requests. */
export const describe = (requests: readonly Pick<AnsweredRequest, 'operation' | 'body'>[]): string[] =>
  requests.map(({ operation, body }) => `${operation} ${stable(body)}`)

/** A body without what differs between two runs: ports and random keys. */
const stable = (body: unknown): string =>
  JSON.stringify(body)
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/127\.0\.0\.1:\d+/g, '<host>')
