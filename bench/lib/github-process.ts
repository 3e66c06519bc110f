/**
 * The local GitHub in a process of its own, so that its work is not counted as that of the one who
 * measures. Told a latency, it begins anew and tells its addresses; told nothing, the requests it had.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type LocalGitHub, startLocalGitHub } from '../../simulator/github/index.ts'

let github: LocalGitHub | undefined

async function begin(latencyMs: number) {
  await github?.close()
  const fresh = await startLocalGitHub()
  github = fresh
  if (latencyMs > 0) fresh.intercept(() => sleep(latencyMs, undefined))
  return fresh.env()
}

const requests = () =>
  github?.requests.map(each => ({ operation: each.operation, status: each.status }))

// Who measures is gone.
process.on('disconnect', () => process.exit())
process.on('message', async (latencyMs: number | null) => {
  process.send?.(latencyMs === null ? requests() : await begin(latencyMs))
})
