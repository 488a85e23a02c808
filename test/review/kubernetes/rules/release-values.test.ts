import { releaseValues } from '../../../../lib/review/kubernetes/rules/release-values';
import { valueProblems } from '../../../../lib/review/kubernetes/values-schema';
import { judges } from '../fixtures';

const release = 'istio-system/release-istio-cni';

describe('release-values', () => {
  judges(releaseValues, [
    [
      'a value is misspelt',
      release,
      'spec.values.chaned',
      true,
      `${release} spec.values.chaned: is no value that is set here: did you mean chained?`,
    ],
    [
      'a value deep inside is of nobody',
      release,
      'spec.values.resources.requests.ephemeral-storage',
      '1',
      'spec.values.resources.requests.ephemeral-storage: is no value that is set here: add it to the schema, or take it away',
    ],
    [
      'a value is left to the chart',
      release,
      'spec.values.ambient',
      undefined,
      'spec.values.ambient: must be set, got nothing: the chart would choose',
    ],
    [
      'a value is turned',
      release,
      'spec.values.repair.deletePods',
      true,
      'spec.values.repair.deletePods: must be false, got true: set it so',
    ],
    [
      'an image is named by a tag',
      release,
      'spec.values.image',
      'acrshop.azurecr.io/copies/istio-cni:1.31.1',
      /spec\.values\.image: must match .*sha256.*, got "acrshop\.azurecr\.io\/copies\/istio-cni:1\.31\.1": correct it$/,
    ],
    [
      'a list is one element',
      release,
      'spec.values.excludeNamespaces',
      'kube-system',
      'spec.values.excludeNamespaces: must be a list, got "kube-system": write one',
    ],
    [
      'an element of a list is of another type',
      release,
      'spec.values.excludeNamespaces.0',
      1,
      'spec.values.excludeNamespaces[0]: must be a text, got 1: write one',
    ],
    [
      'a chart has no schema',
      release,
      'spec.chart',
      'flux',
      'spec.chart: must have a schema of its values, got flux, which has none: write lib/review/kubernetes/data/charts/flux.json',
    ],
    ['what charts have in common is taken for a chart', release, 'spec.chart', 'common', 'got common, which has none'],
    ['a chart leads elsewhere', release, 'spec.chart', '../schemas/istio', 'got ../schemas/istio, which has none'],
  ]);
});

describe('a schema of values', () => {
  test.each([
    ['a number is too small', { type: 'integer', minimum: 2 }, 1, 'must be at least 2, got 1: raise it'],
    ['a number is a share', { type: 'integer' }, 1.5, 'must be a whole number, got 1.5: write one'],
    ['a word is unknown', { enum: ['a', 'b'] }, 'c', 'must be one of "a", "b", got "c": take one'],
    ['a list is too short', { type: 'array', minItems: 1 }, [], 'must have at least 1, got 0: add to it'],
    [
      'an object holds too few, whichever is missing',
      { type: 'object', properties: { a: {}, b: {} }, minProperties: 2 },
      { a: 1 },
      'must have at least 2 values, of a, b: one that nothing else requires is missing',
    ],
    ['an object is a list', { type: 'object' }, [], 'must be an object, got []: write one'],
  ])('fails when %s', (_, schema, value, message) => {
    expect(valueProblems(schema, value, 'at')).toEqual([['at', message]]);
  });

  test.each([
    ['a definition of its own', { $ref: '#/$defs/text', $defs: { text: { type: 'string' } } }, 'x'],
    ['one that charts have in common', { $ref: 'common.json#/$defs/memory' }, '128Mi'],
    ['names that nobody lists', { type: 'object', additionalProperties: { type: 'string' } }, { any: 'x' }],
    ['the same object whatever it holds', { const: { drop: ['ALL'] } }, { drop: ['ALL'] }],
  ])('knows %s', (_, schema, value) => {
    expect(valueProblems(schema, value, 'at')).toEqual([]);
  });

  test.each([
    ['a word that it does not know', { maximum: 3 }, 'must have known words alone, got maximum'],
    ['a type that it does not know', { type: 'null' }, 'must have a known type, got null'],
    ['a definition that is not there', { $ref: '#/$defs/nobody' }, 'has no definition #/$defs/nobody'],
    ['a definition of another file', { $ref: 'argo-cd.json#/$defs/x' }, 'has no definition argo-cd.json#/$defs/x'],
  ])('fails when a schema has %s', (_, schema, message) => {
    expect(() => valueProblems(schema, 1, 'at')).toThrow(message);
  });
});
