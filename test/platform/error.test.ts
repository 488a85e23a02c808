import { assertNever, formatProblem, PlatformError, refuse } from '../../lib/platform/error';

const problem = { path: 'queues.mail', got: 1, allowed: 'an object', remedy: 'correct it' };

describe('a problem', () => {
  test.each([
    [{ got: 'x' }, 'queues.mail must be an object, got "x": correct it'],
    [{ got: undefined }, 'queues.mail must be an object, got nothing: correct it'],
    [{ got: { a: [1] } }, 'queues.mail must be an object, got {"a":[1]}: correct it'],
    [{ got: Number.NaN }, 'queues.mail must be an object, got NaN: correct it'],
    [{ got: null }, 'queues.mail must be an object, got null: correct it'],
  ])('with %j reads %s', (part, text) => {
    expect(formatProblem({ ...problem, ...part })).toBe(text);
  });
});

describe('an error', () => {
  test('lists its problems by path, and counts them', () => {
    const error = new PlatformError('platform shop', [problem, { ...problem, path: 'caches.mail' }]);
    expect(error.problems.map(({ path }) => path)).toEqual(['caches.mail', 'queues.mail']);
    expect(error.message.split('\n')).toEqual([
      'platform shop: 2 problems',
      '  caches.mail must be an object, got 1: correct it',
      '  queues.mail must be an object, got 1: correct it',
    ]);
    expect(error.name).toBe('PlatformError');
  });

  test('tells once what two sites have in common', () => {
    const { message, problems } = new PlatformError('platform shop', [problem, { ...problem, got: 2 }, { ...problem }]);
    expect(problems.map(({ got }) => got)).toEqual([1, 2]);
    expect(message.split('\n')[0]).toBe('platform shop: 2 problems');
  });

  test('fails when there is any problem, and only then', () => {
    expect(() => refuse('platform shop', [])).not.toThrow();
    expect(() => refuse('platform shop', [problem])).toThrow('platform shop: 1 problem\n');
  });

  test('fails when a switch meets what no case handles', () => {
    expect(() => assertNever('mail' as never)).toThrow('no case handles "mail"');
  });
});
