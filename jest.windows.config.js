import base from './jest.config.js'
import { testFiles } from './jest.files.js'

const names = [
  'bundle/contract',
  'bundle/layers',
  'deactivate/deactivate',
  'deactivate/deactivate-event',
  'docs/catalogue',
  'docs/messages',
  'docs/messages-token',
  'docs/migrating',
  'docs/recipes',
  'docs/reliability-page',
  'inputs/inputs-accepted',
  'inputs/inputs-secret',
  'inputs/payload',
  'lib/glob',
  'post/post-lost-answers',
  'promises/fault-matrix-deactivate',
  'promises/fault-matrix-finish',
  'promises/fault-matrix-post',
  'promises/fault-matrix-start',
  'promises/schedules',
  'runner/events',
  'security/hostile-log',
  'security/hostile-property',
  'security/token',
  'simulator/github-create',
  'simulator/github-faults',
  'simulator/github-graphql',
  'simulator/github-lists',
  'simulator/github-seams',
  'simulator/github-statuses',
  'simulator/github-wire'
]

/**
 * The tests that run on Windows: all except scenarios whose workflows have `run` steps, since the simulated runner starts
 * those as on Linux. On Windows, `.github/workflows/self-test.yml` covers them.
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: testFiles(names)
}
