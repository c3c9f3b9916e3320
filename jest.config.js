export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['recount-source', 'node', 'node-addons'] },
  testMatch: ['**/*.spec.ts'],
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/projections', '<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};
