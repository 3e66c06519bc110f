import { expect, test } from '@jest/globals'
import { openWorld, playSchedules } from '../support/schedule-property.ts'

const RUNS = Number(process.env['SCHEDULES'] ?? 200)
// Always the same schedules, so that a failure is caused by the change. `npm run schedules` runs new ones.
const SEED = 20_261_125

/*
 * One to four jobs at once, each with a start, a post and perhaps a finish, and perhaps a deactivate; up
 * to four requests go wrong, lists lag, mains are killed, now and then GitHub is gone for good. What
 * has to hold after that is in `support/schedule-check.ts`.
 *
 * A seed tells the whole schedule, and time is virtual. Left to the machine is the order in which requests
 * of the same moment arrive; faults are counted for each job, and for REST and GraphQL on their own, so
 * that it does not matter to them.
 */
test(`P1 to P7: ${RUNS} schedules by chance keep the promises`, async () => {
  const world = await openWorld()
  try {
    const { failure } = await playSchedules(world, { runs: RUNS, seed: SEED })
    expect(failure).toBe('')
  } finally {
    await world.github.close()
  }
}, 600_000)
