import { expect, test } from '@jest/globals'
import { openWorld, runSchedules } from '../support/schedule-property.ts'

const RUNS = Number(process.env['SCHEDULES'] ?? 200)
// Always the same schedules, so that a failure is caused by the change. `npm run schedules` runs new ones.
const SEED = 20_261_125

/*
 * A schedule has one to four concurrent jobs, each with `start`, its post step, and sometimes `finish`, and sometimes
 * a last job with `deactivate`. Up to four requests fail, lists lag, main steps are killed, clocks are wrong, and
 * GitHub can be away for a while or until the end. `support/schedule-check.ts` checks the promises.
 *
 * A seed determines the whole schedule, and time is virtual. Only the order of requests that are sent at the same
 * moment depends on the machine. Faults are counted for each job, and for REST and GraphQL separately, so they
 * don't depend on that order.
 */
test(`P1 to P7: ${RUNS} random schedules keep the promises`, async () => {
  const world = await openWorld()
  try {
    const { failure } = await runSchedules(world, { runs: RUNS, seed: SEED })
    expect(failure).toBe('')
  } finally {
    await world.github.close()
  }
}, 600_000)
