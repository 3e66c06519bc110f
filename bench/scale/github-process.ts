/** A simulated GitHub in its own process, with a number of deployments and of live ones among them. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type LocalGitHub, startLocalGitHub } from '../../simulator/github/index.ts'

const LATENCY_MS = 100

export interface Scale {
  readonly live: number
  readonly all: number
}

export interface Seen {
  readonly reads: number
  readonly writes: number
  readonly stillActive: number
}

let github: LocalGitHub | undefined

async function begin({ live, all }: Scale) {
  await github?.close()
  const fresh = await startLocalGitHub({ hourlyLimit: 1_000_000 })
  github = fresh
  for (let index = 0; index < all; index++) {
    // Evenly distributed, so that each page has live ones if there are enough.
    const isLive = Math.floor(((index + 1) * live) / all) > Math.floor((index * live) / all)
    const state = isLive ? 'success' : 'inactive'
    fresh.store.seedDeployment({ environment: 'staging', state, autoInactive: false })
  }
  fresh.intercept(() => sleep(LATENCY_MS, undefined))
  return fresh.env()
}

function seen(): Seen {
  const requests = github?.requests ?? []
  const writes = requests.filter(each => each.isWrite).length
  const deployments = github?.store.deployments() ?? []
  const stillActive = deployments.filter(({ id }) => github?.store.stateOf(id) === 'success').length
  return { reads: requests.length - writes, writes, stillActive }
}

// The measuring process has ended.
process.on('disconnect', () => process.exit())
process.on('message', async (scale: Scale | null) => {
  process.send?.(scale === null ? seen() : await begin(scale))
})
