/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }]
  },
  // Each story starts real processes; on a loaded two-core machine five seconds can be too few.
  testTimeout: 60_000,
  testSequencer: '<rootDir>/jest.sequencer.js',
  // The stories wait for processes of their own more than they work. Beyond 100% Jest reads a number of workers.
  maxWorkers: '100%'
}
