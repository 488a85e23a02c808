// @ts-check
import js from '@eslint/js';
import comments from '@eslint-community/eslint-plugin-eslint-comments';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import mainstay from './eslint/plugin.mjs';

const CLOCK_AND_CHANCE = 'A synth gives the same bytes every time: take the value from the definition.';
const ENVIRONMENT = 'The environment is read in bin/: take the value as a parameter.';

export default defineConfig(
  { ignores: ['cdk.out*/', 'cdktf.out/', 'k8s.out/', 'review.out/', 'dashboards.out/', 'coverage/'] },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { comments, mainstay },
    rules: {
      'mainstay/import-direction': 'error',
      'mainstay/no-import-cycle': 'error',
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^@cdktf/provider-[^/]+(?!/lib/(?!index$)[a-z0-9-]+$)(/|$)',
              message: 'Import the resource alone, `@cdktf/provider-azurerm/lib/<resource>`: the whole costs a second.',
            },
          ],
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-ignore': true, 'ts-expect-error': 'allow-with-description' },
      ],
      'comments/require-description': 'error',
      'comments/no-unlimited-disable': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'anywhere' }],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['lib/**', 'stacks/**', 'platforms/**'],
    rules: {
      'no-console': 'error',
      'no-restricted-globals': [
        'error',
        {
          globals: [
            { name: 'process', message: ENVIRONMENT },
            { name: 'performance', message: CLOCK_AND_CHANCE },
            { name: 'crypto', message: CLOCK_AND_CHANCE },
          ],
          checkGlobalObject: true,
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: CLOCK_AND_CHANCE },
        { object: 'Math', property: 'random', message: CLOCK_AND_CHANCE },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: CLOCK_AND_CHANCE },
        { selector: 'CallExpression[callee.name="Date"]', message: CLOCK_AND_CHANCE },
        { selector: 'Identifier[name=/^random(Bytes|Int|UUID|FillSync|Fill)$/]', message: CLOCK_AND_CHANCE },
      ],
    },
  },
  { files: ['bin/**', 'lib/**', 'stacks/**'], rules: { 'mainstay/constructor-signature': 'error' } },
  // One file a platform, and its data grows with the platform.
  { files: ['platforms/**'], rules: { 'max-lines': 'off' } },
  {
    files: ['test/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'MemberExpression[object.name=/^(describe|test|it)$/][property.name=/^(only|skip|todo)$/]',
          message: 'A test runs, or it is deleted.',
        },
      ],
      // A parsed template is `any` by its own type.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
);
