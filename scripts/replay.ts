/**
 * Replays a schedule that broke a promise in `__tests__/promises/schedules.test.ts`, and prints all of it:
 *
 *   npm run replay -- <seed> <path>           that one schedule
 *   npm run replay -- <seed> <path> smaller   the smallest one that can be found from there
 */
import { openWorld, runSchedules } from '../__tests__/support/schedule-property.ts'
import { reportSchedule } from '../__tests__/support/schedule-report.ts'
import type { ScheduleRun } from '../__tests__/support/schedule-run.ts'

const [seed = '', path = '', mode] = process.argv.slice(2)
if (!/^-?\d+$/.test(seed) || !/^\d+(:\d+)*$/.test(path)) {
  process.stderr.write('Usage: npm run replay -- <seed> <path> [smaller]\n')
  process.exit(2)
}

const world = await openWorld()
let last: ScheduleRun | undefined
const { failure } = await runSchedules(world, {
  seed: Number(seed),
  path,
  runs: 1,
  isShrinking: mode === 'smaller',
  onRun: run => {
    last = run
  }
})
const kept = last ? `${reportSchedule(last)}\n(all promises kept)` : 'no such schedule'
process.stdout.write(`${failure || kept}\n`)
process.exitCode = failure === '' ? 0 : 1
await world.github.close()
