/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } }]
  },
  // Some tests start processes, which can take more than the default of five seconds on a busy machine.
  testTimeout: 60_000,
  testSequencer: '<rootDir>/jest.sequencer.js',
  // Tests wait for their processes more than they compute. Jest reads more than 100% as a number of workers.
  maxWorkers: '100%',
  // With a limit, Jest always starts workers. In its own process, `stdout.write` never calls back, so the action waits.
  workerIdleMemoryLimit: '4GB'
}
