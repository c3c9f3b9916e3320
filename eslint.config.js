import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** Rules and facts: they get time, ids and chance as data. */
const PURE = [
  'libs/kernel/src/**/*.ts',
  'libs/rating/src/**/*.ts',
  'libs/ledger/src/**/*.ts',
  'libs/analytics/src/**/*.ts',
  'libs/billing/src/*/*.ts',
];

const IMPURE_GLOBALS = [
  'Date',
  'crypto',
  'process',
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
  'console',
  'Buffer',
];

export default defineConfig(
  globalIgnores(['**/dist', 'coverage', 'data', '**/metadata.ts', 'libs/client/src/schema.ts', '*.cjs']),
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      'no-restricted-properties': [
        'error',
        { property: 'toFixed', message: 'Money and quantities are never binary floating point: use Decimal.' },
        { object: 'Number', property: 'parseFloat', message: 'Use Decimal.' },
      ],
      'no-restricted-globals': ['error', { name: 'parseFloat', message: 'Use Decimal.' }],
    },
  },
  {
    files: PURE,
    ignores: ['**/*.spec.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'parseFloat', message: 'Use Decimal.' },
        ...IMPURE_GLOBALS.map((name) => ({ name, message: 'Pure code gets time, ids and chance as data.' })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Pure code gets chance as data.' },
        { object: 'Temporal', property: 'Now', message: 'Pure code gets time as data.' },
        { property: 'toFixed', message: 'Use Decimal.' },
      ],
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.contract.ts', 'test/**/*.ts', 'libs/testing/**/*.ts'],
    rules: {
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
);
