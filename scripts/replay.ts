/**
 * Replays a schedule that broke a promise in `__tests__/promises/schedules.test.ts`, and prints all of it:
 *
 *   npm run replay -- <seed> <path>           that one schedule
 *   npm run replay -- <seed> <path> smaller   the smallest one that can be found from there
 */
import { openWorld, playSchedules } from '../__tests__/support/schedule-property.ts'
import type { Story } from '../__tests__/support/schedule-run.ts'
import { tell } from '../__tests__/support/schedule-tell.ts'

const [seed = '', path = '', mode] = process.argv.slice(2)
if (!/^-?\d+$/.test(seed) || !/^\d+(:\d+)*$/.test(path)) {
  process.stderr.write('usage: npm run replay -- <seed> <path> [smaller]\n')
  process.exit(2)
}

const world = await openWorld()
let last: Story | undefined
const { failure } = await playSchedules(world, {
  seed: Number(seed),
  path,
  runs: 1,
  isShrinking: mode === 'smaller',
  onPlayed: story => {
    last = story
  }
})
const kept = last ? `${tell(last)}\n(all promises kept)` : 'there is no such schedule'
process.stdout.write(`${failure || kept}\n`)
process.exitCode = failure === '' ? 0 : 1
await world.github.close()
