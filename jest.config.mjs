// @ts-check

/** @type {import('jest').Config} */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Tests run in plain Node.js: a library is loaded once a process and not once a file.
  runner: '<rootDir>/test/run/runner.mjs',
  testSequencer: '<rootDir>/test/run/sequencer.mjs',
  modulePathIgnorePatterns: ['<rootDir>/(cdk\\.out|cdktf\\.out|k8s\\.out|review\\.out|coverage)'],
  globalSetup: '<rootDir>/test/run/before.mjs',
  globalTeardown: '<rootDir>/test/run/after.mjs',
  setupFiles: ['<rootDir>/test/run/worker.ts'],
  snapshotSerializers: ['<rootDir>/test/support/snapshot-serializer.ts'],
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  maxWorkers: 2,
};
