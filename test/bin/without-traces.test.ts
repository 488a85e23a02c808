import { withoutTraces, withoutTracesUntil } from '../../bin/without-traces';

/** How traces are taken. */
const taken = (): readonly unknown[] => [Reflect.get(Error, 'prepareStackTrace'), Error.stackTraceLimit];

const fail = (): never => {
  throw new Error('it failed');
};

test('what runs without traces has none', async () => {
  expect(withoutTraces(() => new Error('made').stack)).toBe('');
  await expect(withoutTracesUntil(() => Promise.resolve(new Error('made').stack))).resolves.toBe('');
});

test('traces are taken again afterwards, whatever became of the run', async () => {
  const before = taken();
  withoutTraces(() => 1);
  await withoutTracesUntil(() => Promise.resolve(1));
  expect(() => withoutTraces(fail)).toThrow('it failed');
  await expect(withoutTracesUntil(async () => Promise.reject(new Error('it failed')))).rejects.toThrow('it failed');
  expect(taken()).toEqual(before);
});

test('what is thrown tells where, once it is looked at', async () => {
  const thrown = await withoutTracesUntil(() => Promise.resolve().then(fail)).catch((error: unknown) => error);
  expect((thrown as Error).stack).toContain('without-traces.test.ts');
});
