import base from './jest.config.js'

const names = [
  'catalogue',
  'contract',
  'deactivate',
  'deactivate-event',
  'events',
  'fault-matrix-*',
  'glob',
  'hostile-log',
  'hostile-property',
  'inputs-*',
  'layers',
  'local-github-*',
  'messages*',
  'migrating',
  'nearest',
  'payload',
  'post-lost-answers',
  'recipes',
  'reliability-page',
  'schedules',
  'token'
]

/**
 * What can be run on Windows: all but the stories whose workflows have steps of their own, since the local
 * runner starts those as on Linux. What they prove is proved there by `.github/workflows/self-test.yml`.
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: [`<rootDir>/__tests__/{${names.join(',')}}.test.ts`]
}
