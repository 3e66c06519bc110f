import Sequencer from '@jest/test-sequencer'

// Without the times of an earlier run, as in CI, Jest starts the largest file first. These files are small, but take long.
const LONG = ['schedules', 'fault-matrix', 'load']

const rank = ({ path }) => {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const found = LONG.findIndex(long => name.startsWith(long))
  return found === -1 ? LONG.length : found
}

/** Starts the longest test files first, so that all cores end at about the same time. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other))
  }
}
