import { expect, test } from '@jest/globals'
import { startJob } from '../support/one-job.ts'
import { startGitHub } from '../support/scenario.ts'
import { virtualTime } from '../support/virtual-clock.ts'

test.each([
  ['ahead', 600_000],
  ['behind', -600_000]
])('a rollback replaces what existed before it, and yields to what came later: a clock %s', async (_, skew) => {
  const time = virtualTime()
  const github = await startGitHub({ time })
  const seed = { environment: 'production', autoInactive: false }
  const old = github.store.seedDeployment({ ...seed, state: 'inactive', createdAt: time.now() - 500_000 })
  const bad = github.store.seedDeployment({ ...seed, state: 'success', createdAt: time.now() - 60_000 })
  const job = startJob(github, { clock: { ...time.clock, now: () => time.now() + skew } })
  const inputs = { 'deployment-id': String(old.id), 'auto-inactive': 'all' }
  const main = await time.drive(job.main(inputs))
  const isLater = skew > 0
  const later = isLater ? github.store.seedDeployment({ ...seed, state: 'success', createdAt: time.now() }) : undefined
  await time.drive(job.post(main, 'success', inputs))
  expect(github.store.stateOf(old.id)).toBe(isLater ? 'inactive' : 'success')
  if (later) expect(github.store.stateOf(later.id)).toBe('success')
  else expect(github.store.stateOf(bad.id)).toBe('inactive')
})
