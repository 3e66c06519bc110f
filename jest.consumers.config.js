import base from './jest.config.js'

/**
 * Systems that read deployments, run against the simulated GitHub. They need packages of their own and Go:
 * `npm run test:consumers` installs them.
 * @type {import('jest').Config}
 */
export default {
  ...base,
  testMatch: ['<rootDir>/consumers/*.test.ts']
}
