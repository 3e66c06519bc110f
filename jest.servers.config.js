import base from './jest.config.js'
import { testFiles } from './jest.files.js'

/**
 * The test files that also run against another kind of server than github.com
 * (`__tests__/support/server-kind.ts`). A file is listed if the kind can change its result: on an Enterprise
 * Server the files with lists, bulk writes and whole jobs; on GHE.com, whose pages have another host than its
 * API, the files about links to pages; behind the proxy one file of each mode.
 * `leftOut` is the number of tests about a feature that the kind does not have (`__tests__/support/server.ts`).
 */
const KINDS = {
  ghes: {
    files: [
      'deactivate/deactivate',
      'deactivate/deactivate-event',
      'deactivate/deactivate-many',
      'start/deployment-event',
      'start/lifecycle',
      'start/lifecycle-outputs',
      'promises/promises',
      'finish/cleanup',
      'finish/finish-left-open',
      'finalize/supersede',
      'finalize/supersede-newer'
    ],
    leftOut: 1
  },
  'ghe.com': { files: ['start/lifecycle-outputs', 'report/summary'], leftOut: 0 },
  'ghes-behind-proxy': {
    files: ['deactivate/deactivate-event', 'finish/finish-left-open', 'start/lifecycle'],
    leftOut: 0
  }
}

const { maxWorkers, testTimeout, testSequencer, workerIdleMemoryLimit, ...project } = base

/** @type {import('jest').Config} */
export default {
  maxWorkers,
  testTimeout,
  testSequencer,
  workerIdleMemoryLimit,
  reporters: ['default', ['<rootDir>/__tests__/support/count-scenarios.reporter.js', KINDS]],
  projects: Object.entries(KINDS).map(([kind, { files }]) => ({
    ...project,
    displayName: kind,
    globals: { serverKind: kind },
    testMatch: testFiles(files)
  }))
}
