const common = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['recount-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

/** Parts whose specs find a PostgreSQL: it is started once for all of them, and not for a run of others. */
const WITH_SERVICES = [
  'apps/server',
  'libs/messaging',
  'libs/personal-data',
  'libs/postgres',
  'libs/projection',
  'projections',
  'test/e2e',
  'test/replay',
  'test/services',
];

/** Jest takes its globs and patterns from the root of the project. */
const specsOf = (part) => `<rootDir>/${part}/**/*.spec.ts`;

export default {
  // Says that something hangs; how long things take is not tested.
  testTimeout: 60_000,
  maxWorkers: 2,
  // Modules of a spec stay in memory for as long as its process: a worker that has grown makes room for another.
  workerIdleMemoryLimit: '1GB',
  projects: [
    {
      ...common,
      displayName: 'rules',
      roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/packages', '<rootDir>/test'],
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: WITH_SERVICES.map((part) => `<rootDir>/${part}/`),
    },
    {
      ...common,
      displayName: 'services',
      testMatch: WITH_SERVICES.map(specsOf),
      roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/projections', '<rootDir>/test'],
      globalSetup: '<rootDir>/dist/test/services/start-postgres.js',
      globalTeardown: '<rootDir>/dist/test/services/stop-postgres.js',
    },
  ],
};
