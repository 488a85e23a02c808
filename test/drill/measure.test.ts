import { factsIn, lossesOf, repeatedNumbers, writtenTwice } from '../../drill/measure';
import type { Acknowledged } from '../../drill/log';

let numbers = 0;
const write = (given: Partial<Acknowledged> = {}): Acknowledged => {
  numbers += 1;
  return { key: `k${numbers}`, id: numbers, invoice: numbers, parcel: numbers, site: 'primary', at: 1000, ...given };
};

describe('lossesOf', () => {
  test('counts what is gone by when it was acknowledged, and dates the oldest of it', () => {
    const writes = [
      write({ key: 'kept', at: 500 }),
      write({ key: 'oldest', at: 7000 }),
      write({ key: 'old', at: 9500 }),
      write({ key: 'late', at: 10_500 }),
    ];
    expect(lossesOf(writes, new Set(['kept']), 10_000)).toEqual({
      acknowledged: 4,
      lost: 2,
      lostLater: 1,
      pointSeconds: 3,
    });
  });

  test('dates nothing where nothing was lost before the failover', () => {
    const writes = [write({ key: 'kept' }), write({ key: 'late', at: 20_000 })];
    expect(lossesOf(writes, new Set(['kept']), 10_000)).toMatchObject({ lost: 0, lostLater: 1, pointSeconds: 0 });
    expect(lossesOf([], new Set(), 10_000)).toEqual({ acknowledged: 0, lost: 0, lostLater: 0, pointSeconds: 0 });
  });
});

describe('repeatedNumbers', () => {
  test.each(['id', 'invoice', 'parcel'] as const)('finds a number of %s that two customers hold', (kind) => {
    const first = write();
    expect(repeatedNumbers([first, write({ [kind]: first[kind] })])).toEqual([`1 numbers of ${kind} were given twice`]);
  });

  test('finds nothing in numbers that differ', () => {
    expect(repeatedNumbers([write(), write(), write()])).toEqual([]);
  });
});

describe('writtenTwice', () => {
  test('finds writes of the site that led, after the other one served', () => {
    const writes = [
      write({ at: 1999 }),
      write({ at: 2000 }),
      write({ at: 2001 }),
      write({ at: 3000, site: 'recovery' }),
    ];
    expect(writtenTwice(writes, 'primary', 2000)).toEqual([
      'the primary site acknowledged 1 writes after the other one led',
    ]);
    expect(writtenTwice(writes, 'primary', 2001)).toEqual([]);
  });
});

describe('factsIn', () => {
  test('takes the last facts of a step, and none of another or of none', () => {
    const event = (step: string, achieved?: string) => ({
      at: '2026-11-28T10:00:00Z',
      run: 'r1',
      step,
      what: 'ran' as const,
      ...(achieved === undefined ? {} : { facts: { achieved } }),
    });
    const journal = [
      event('fence store', 'expired'),
      event('fence store', 'revoked'),
      event('fence store'),
      event('open'),
    ];
    expect(factsIn(journal, 'fence')).toEqual({ achieved: 'revoked' });
    expect(factsIn(journal, 'catch up')).toEqual({});
  });
});
