import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const impure = [
  { object: 'Date', property: 'now', message: 'No clock here: use the time of the decision context.' },
  { object: 'Math', property: 'random', message: 'No randomness here.' },
  { object: 'performance', property: 'now', message: 'No clock here.' },
  { object: 'crypto', property: 'randomUUID', message: 'No randomness here: ids are passed in.' },
];

export default tseslint.config(
  { ignores: ['dist/', 'bundle/', 'generated/', 'web/dist/', 'data/', 'coverage/', 'node_modules/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { project: ['tsconfig.json', 'web/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Methods of ports return promises even if an adapter has nothing to await.
      '@typescript-eslint/require-await': 'off',
      // False positives for jest matchers and better-sqlite3 statements.
      '@typescript-eslint/unbound-method': 'off',
      eqeqeq: 'error',
      // Chinese text uses the ideographic space (U+3000).
      'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**/*.decider.ts', 'src/**/*.projection.ts', 'src/assessment/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...impure],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'No clock here: times are passed in.',
        },
      ],
      'no-restricted-imports': ['error', { patterns: ['node:fs*', 'node:http*', 'node:net', '@nestjs/*'] }],
    },
  },
  {
    // jest's asymmetric matchers have type any.
    files: ['**/*.spec.ts', 'test/**/*.ts'],
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off', '@typescript-eslint/no-unsafe-argument': 'off' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        setImmediate: 'readonly',
        Buffer: 'readonly',
        AbortController: 'readonly',
        structuredClone: 'readonly',
      },
    },
  },
);
