import { keepGoing, type Told } from '../../lib/recovery/keeping';
import { Unreachable, type Row, type Sql } from '../../lib/recovery/sql';
import { TestClock } from '../support/answering-server';

const open: Sql = {
  query: (text): Promise<readonly Row[]> =>
    Promise.resolve(text.includes('is_open') ? [{ open: true }] : [{ until: 'then' }]),
};
const gone: Sql = { query: () => Promise.reject(new Unreachable('archive', 'no answer')) };

describe('a keeper of several databases', () => {
  test('gives each its turn, whatever comes of another one, at even times, until it is told to end', async () => {
    const clock = new TestClock();
    const began = clock.time;
    const told: Told[] = [];
    const turns: number[] = [];
    const ends: number[] = [];
    await keepGoing({
      site: 'primary',
      databases: [
        { name: 'store', sql: open },
        { name: 'archive', sql: gone },
      ],
      witness: {
        leads: () => {
          turns.push((clock.time - began) / 1000);
          clock.time += 1500;
          return Promise.resolve(true);
        },
      },
      leaseSeconds: 300,
      everySeconds: 5,
      clock,
      tell: (one) => told.push(one),
      turned: () => ends.push((clock.time - began) / 1000),
      goesOn: () => turns.length < 3,
    });
    expect(turns).toEqual([0, 5, 10]);
    expect(ends).toEqual([1.5, 6.5, 11.5]);
    expect(told.filter(({ database }) => database === 'store').map(({ did }) => did)).toEqual(Array(3).fill('renewed'));
    expect(told.filter(({ database }) => database === 'archive')).toEqual(
      Array(3).fill({ database: 'archive', did: 'failed', because: 'archive cannot be reached: no answer' }),
    );
  });

  test('does not wait where a turn took longer than the time between two', async () => {
    const clock = new TestClock();
    const slept: number[] = [];
    let turns = 0;
    await keepGoing({
      site: 'primary',
      databases: [{ name: 'store', sql: open }],
      witness: {
        leads: () => {
          clock.time += 9000;
          return Promise.resolve(true);
        },
      },
      leaseSeconds: 300,
      everySeconds: 5,
      clock: { now: clock.now, sleep: (milliseconds) => Promise.resolve(void slept.push(milliseconds)) },
      tell: () => undefined,
      turned: () => undefined,
      goesOn: () => (turns += 1) <= 2,
    });
    expect(slept).toEqual([0, 0]);
  });
});
