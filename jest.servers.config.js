import base from './jest.config.js'

/**
 * Which story files run against which kind of server beside github.com (`__tests__/support/server-kind.ts`).
 * A file runs where the kind can change what it sees; all of them everywhere would take minutes. So of the
 * Enterprise Servers the one with GraphQL has what reads lists and writes many, the one without it all else and
 * the lists once more; GHE.com, whose pages are elsewhere than its API, has what links to pages; and through
 * the proxy goes one file of each flow. `leftOut` is how many of their stories are about something that the kind
 * is without (`__tests__/support/server.ts`): who marks another one says so here too.
 */
const KINDS = {
  ghes: {
    files: [
      'deactivate',
      'deactivate-many',
      'finish-other-job',
      'lifecycle-outputs',
      'promises',
      'reap',
      'supersede'
    ],
    leftOut: 1
  },
  'ghes-without-graphql': {
    files: [
      'deactivate-event',
      'deployment-event',
      'events',
      'finish-left-open',
      'lifecycle',
      'reap',
      'supersede-newer'
    ],
    leftOut: 1
  },
  'ghe.com': { files: ['lifecycle', 'lifecycle-outputs', 'summary'], leftOut: 0 },
  'ghes-behind-proxy': {
    files: ['deployment-event', 'finish-other-job', 'lifecycle', 'run-command', 'supersede'],
    leftOut: 0
  }
}

const { maxWorkers, ...project } = base

/** @type {import('jest').Config} */
export default {
  maxWorkers,
  testTimeout: base.testTimeout,
  reporters: ['default', ['<rootDir>/__tests__/support/count-stories.reporter.js', KINDS]],
  projects: Object.entries(KINDS).map(([kind, { files }]) => ({
    ...project,
    displayName: kind,
    globals: { serverKind: kind },
    testMatch: files.map(file => `<rootDir>/__tests__/${file}.test.ts`)
  }))
}
