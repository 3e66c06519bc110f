import base from './jest.config.js'

// These tests are about programs outside of this process, so the action runs in its own process too.
process.env['SCENARIOS'] = 'processes'

/**
 * The tests that need more than Node: act, Git, sshd, a proxy, curl, jq, Chromium. Their names end in `.tool.ts`, so `npm test`
 * doesn't run them.
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/__tests__/tools/*.tool.ts'],
  testTimeout: 120_000
}
