import base from './jest.config.js'
import { testFiles } from './jest.files.js'

/**
 * Which story files run against which kind of server beside github.com (`__tests__/support/server-kind.ts`).
 * All of them everywhere would take minutes and tell the same again, so a file runs where the kind can change
 * what it sees. An Enterprise Server with GraphQL has what reads lists and writes many; the one without it has
 * what finds by REST (few writes, since they go a second apart), and the whole of a job; GHE.com, whose pages
 * are elsewhere than its API, has what links to pages; through the proxy goes a file of each mode.
 * `leftOut` is how many stories are about something that the kind is without (`__tests__/support/server.ts`):
 * who marks another one says so here too.
 */
const KINDS = {
  ghes: {
    files: [
      'deactivate/deactivate',
      'deactivate/deactivate-many',
      'start/lifecycle-outputs',
      'promises/promises',
      'finish/cleanup',
      'finalize/supersede'
    ],
    leftOut: 1
  },
  'ghes-without-graphql': {
    files: [
      'deactivate/deactivate-event',
      'start/deployment-event',
      'finish/finish-left-open',
      'start/lifecycle',
      'finish/cleanup',
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

const { maxWorkers, testTimeout, testSequencer, ...project } = base

/** @type {import('jest').Config} */
export default {
  maxWorkers,
  testTimeout,
  testSequencer,
  reporters: ['default', ['<rootDir>/__tests__/support/count-stories.reporter.js', KINDS]],
  projects: Object.entries(KINDS).map(([kind, { files }]) => ({
    ...project,
    displayName: kind,
    globals: { serverKind: kind },
    testMatch: testFiles(files)
  }))
}
