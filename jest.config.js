// Test levels by file name: .spec.ts is pure and needs nothing that is compiled for one version of Node.js, .int.spec.ts
// touches a real file or process, .e2e.spec.ts the whole program over HTTP and its command line, .browser.spec.ts the page
// in a real Chromium.
const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
  // The build's own settings leave specs out.
  swcrc: false,
};

const level = (displayName, testMatch, { ignore = [], modules = {} } = {}) => ({
  displayName,
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', ...modules },
  transform: { '^.+\\.ts$': ['@swc/jest', swc] },
  testMatch,
  testPathIgnorePatterns: ['/node_modules/', ...ignore],
});

export default {
  projects: [
    level('unit', ['**/*.spec.ts'], {
      ignore: ['\\.(int|e2e|browser)\\.spec\\.ts$'],
      modules: { '^better-sqlite3$': '<rootDir>/test/support/no-sqlite.ts' },
    }),
    level('int', ['**/*.int.spec.ts']),
    level('e2e', ['**/*.e2e.spec.ts']),
    level('browser', ['**/*.browser.spec.ts']),
  ],
  testTimeout: 60_000,
  // Suites wait for processes of their own much of the time: a worker less than there are cores leaves one idle.
  maxWorkers: '100%',
  // Node keeps the modules of suites that are over: a worker of 2.8 GB takes longer to end than jest waits for it.
  workerIdleMemoryLimit: '1200MB',
};
