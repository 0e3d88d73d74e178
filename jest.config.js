// Test levels by file name: .spec.ts tests pure code and needs nothing that is compiled for one version of Node.js,
// .int.spec.ts uses real files, processes or servers, .e2e.spec.ts tests the built program over HTTP and its command
// line, .browser.spec.ts tests the page in Chromium.
const swc = {
  jsc: {
    target: 'es2022',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
  // Ignore .swcrc, which excludes specs.
  swcrc: false,
};

const level = (displayName, testMatch, { ignore = [], modules = {}, environment = 'node' } = {}) => ({
  displayName,
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testEnvironment: environment,
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
    level('browser', ['**/*.browser.spec.ts'], { environment: '<rootDir>/test/browser/environment.js' }),
  ],
  // Only what hangs reaches it, also on a machine that does much else.
  testTimeout: 240_000,
  // One worker per core (jest's default is one less), because suites often wait for their child processes.
  maxWorkers: '100%',
  // Restart workers above this size. Node keeps the modules of finished suites, and jest does not wait long enough for
  // the exit of a worker of 2.8 GB.
  workerIdleMemoryLimit: '1200MB',
};
