/**
 * Runs new random schedules, a thousand for each seed, until one breaks a promise:
 *
 *   npm run schedules            one seed
 *   npm run schedules -- 5       five of them
 */
import { openWorld, runSchedules } from '../__tests__/support/schedule-property.ts'

const RUNS = 1_000

const world = await openWorld()
for (let left = Number(process.argv[2] ?? 1); left > 0; left--) {
  const { seed, runs, failure } = await runSchedules(world, { runs: RUNS })
  process.stdout.write(`seed ${seed}: ${runs} schedules ${failure || 'keep the promises'}\n`)
  if (failure === '') continue
  process.exitCode = 1
  break
}
await world.github.close()
