import base from './jest.config.js'

/**
 * The tests that need more than Node: act, sshd, a proxy. `npm test` leaves them out by their ending.
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/__tests__/tools/*.tool.ts'],
  testTimeout: 120_000
}
