/**
 * The simulator in its own process, so that its work is not measured. A message with a latency starts a new one, whose
 * environment variables are the answer. The answer to any other message is the list of requests.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type LocalGitHub, startLocalGitHub } from '../../simulator/github/index.ts'

let github: LocalGitHub | undefined

async function restart(latencyMs: number) {
  await github?.close()
  const fresh = await startLocalGitHub()
  github = fresh
  if (latencyMs > 0) fresh.intercept(() => sleep(latencyMs, undefined))
  return fresh.env()
}

const requests = () => github?.requests.map(({ operation, body, status }) => ({ operation, body, status }))

process.on('disconnect', () => process.exit())
process.on('message', async (latencyMs: number | null) => {
  process.send?.(latencyMs === null ? requests() : await restart(latencyMs))
})
