import Sequencer from '@jest/test-sequencer'

// The short files that play thousands of runs. Jest starts the largest file first where it has no times of an
// earlier run, as in CI: these would come last, and one core would wait for the other.
const LONG = ['schedules', 'fault-matrix-', 'load']

const rank = ({ path }) => {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const found = LONG.findIndex(long => name.startsWith(long))
  return found === -1 ? LONG.length : found
}

/** What takes longest begins first. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other))
  }
}
