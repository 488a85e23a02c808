import fc from 'fast-check';
import { overlap, parseRange, contains } from '../../lib/platform/address';
import {
  allocate,
  allocationProblems,
  allocationsOf,
  type AllocationRequests,
  type StageAllocations,
} from '../../lib/platform/allocation';

const none: StageAllocations = { listenerPriorities: {}, addresses: {} };
const within = '10.16.0.0/16';

const requests: fc.Arbitrary<AllocationRequests> = fc.record({
  listenerPriorities: fc.uniqueArray(fc.constantFrom(...'abcdefghij')),
  addresses: fc.uniqueArray(
    fc.record({
      key: fc.constantFrom(...'klmnopqrstuv'),
      within: fc.constant(within),
      prefix: fc.integer({ min: 19, max: 24 }),
    }),
    { selector: ({ key }) => key, maxLength: 8 },
  ),
});
const history = fc.array(requests, { minLength: 1, maxLength: 6 });

const after = (asked: readonly AllocationRequests[]): StageAllocations => asked.reduce(allocate, none);

const ranges = (lock: StageAllocations) =>
  Object.values(lock.addresses).map((text) => {
    const range = parseRange(text);
    if (range === undefined) throw new Error(`${text} does not parse`);
    return range;
  });

describe('the lock', () => {
  test('is only ever appended to', () => {
    fc.assert(
      fc.property(history, requests, (asked, next) => {
        const before = after(asked);
        const later = allocate(before, next);
        expect(later.listenerPriorities).toMatchObject(before.listenerPriorities);
        expect(later.addresses).toMatchObject(before.addresses);
      }),
    );
  });

  test('gives nothing twice, and nothing outside', () => {
    fc.assert(
      fc.property(history, (asked) => {
        const lock = after(asked);
        const priorities = Object.values(lock.listenerPriorities);
        expect(new Set(priorities).size).toBe(priorities.length);
        const given = ranges(lock);
        const whole = ranges({ ...none, addresses: { whole: within } });
        expect(given.every((range) => whole.every((outer) => contains(outer, range)))).toBe(true);
        expect(given.some((a, index) => given.slice(index + 1).some((b) => overlap(a, b)))).toBe(false);
      }),
    );
  });

  test('has no problem once everything was allocated, unless the network is full', () => {
    fc.assert(
      fc.property(history, (asked) => {
        const last = asked.at(-1) ?? { listenerPriorities: [], addresses: [] };
        const problems = allocationProblems({ file: 'lock.json', stage: 'production', lock: after(asked) }, last);
        expect(problems.filter(({ remedy }) => !remedy.includes('it has no room left'))).toEqual([]);
      }),
    );
  });

  test('does not change when what it holds is asked for again, in any order', () => {
    fc.assert(
      fc.property(history, fc.func(fc.integer()), (asked, rank) => {
        const lock = after(asked);
        const again: AllocationRequests = {
          listenerPriorities: Object.keys(lock.listenerPriorities).sort((a, b) => rank(a) - rank(b)),
          addresses: Object.keys(lock.addresses)
            .sort((a, b) => rank(a) - rank(b))
            .map((key) => ({ key, within, prefix: 20 })),
        };
        expect(JSON.stringify(allocate(lock, again))).toBe(JSON.stringify(lock));
      }),
    );
  });

  test('gives what is new the next priority and the lowest free range', () => {
    const lock = { listenerPriorities: { retired: 70, order: 10 }, addresses: { old: '10.16.0.0/24' } };
    expect(
      allocate(lock, {
        listenerPriorities: ['order', 'user'],
        addresses: [
          { key: 'app', within, prefix: 19 },
          { key: 'data', within, prefix: 24 },
        ],
      }),
    ).toEqual({
      listenerPriorities: { retired: 70, order: 10, user: 80 },
      addresses: { old: '10.16.0.0/24', app: '10.16.32.0/19', data: '10.16.1.0/24' },
    });
  });

  test('holds nothing for a stage that it has never seen', () => {
    expect(allocationsOf({}, 'production')).toEqual(none);
  });
});

describe('problems of a lock', () => {
  const asked: AllocationRequests = {
    listenerPriorities: ['order', 'user'],
    addresses: [
      { key: 'app', within, prefix: 19 },
      { key: 'data', within, prefix: 22 },
    ],
  };
  const good: StageAllocations = {
    listenerPriorities: { order: 10, user: 20 },
    addresses: { app: '10.16.0.0/19', data: '10.16.32.0/22' },
  };
  const problems = (lock: StageAllocations) =>
    allocationProblems({ file: 'lock.json', stage: 'production', lock }, asked).map(
      ({ path, got, allowed, remedy }) => `${path} | ${String(got)} | ${allowed} | ${remedy}`,
    );

  test('are none for a good one', () => {
    expect(problems(good)).toEqual([]);
    expect(problems({ ...good, addresses: { ...good.addresses, retired: '10.99.0.0/24' } })).toEqual([]);
  });

  test('fails when a priority is missing', () => {
    expect(problems({ ...good, listenerPriorities: { order: 10 } })).toEqual([
      'lock.json production.listenerPriorities.user | undefined | a committed priority | ' +
        'add the line "user": 20 there, or run npm run lock',
    ]);
  });

  test('fails when a range is missing', () => {
    expect(problems({ ...good, addresses: { app: '10.16.0.0/19' } })).toEqual([
      'lock.json production.addresses.data | undefined | a committed /22 inside 10.16.0.0/16 | ' +
        'add the line "data": "10.16.32.0/22" there, or run npm run lock',
    ]);
  });

  test('fails when the network has no room for a missing range', () => {
    expect(problems({ ...good, addresses: { app: '10.16.0.0/16' } })).toEqual([
      'lock.json production.addresses.data | undefined | a committed /22 inside 10.16.0.0/16 | ' +
        'make the range 10.16.0.0/16 larger, it has no room left',
    ]);
  });

  test.each([0, 50_001, 1.5])('fails when a priority is %d', (priority) => {
    expect(problems({ ...good, listenerPriorities: { order: 10, user: priority } })).toEqual([
      `lock.json production.listenerPriorities.user | ${priority} | 1 to 50000 | restore the committed line`,
    ]);
  });

  test('fails when two services have one priority', () => {
    expect(problems({ ...good, listenerPriorities: { order: 10, user: 10 } })).toEqual([
      'lock.json production.listenerPriorities.user | 10 | another than that of order | restore the committed line',
    ]);
  });

  test('fails when a range is malformed', () => {
    expect(problems({ ...good, addresses: { app: '10.16.0.0/19', data: '10.16.33.0/22' } })).toEqual([
      'lock.json production.addresses.data | 10.16.33.0/22 | ' +
        'an IPv4 range in CIDR notation that begins at its first address | restore the committed line',
    ]);
  });

  test('fails when a range lies outside its network', () => {
    expect(problems({ ...good, addresses: { app: '10.16.0.0/19', data: '10.17.0.0/22' } })).toEqual([
      'lock.json production.addresses.data | 10.17.0.0/22 | inside 10.16.0.0/16, the range of its network | ' +
        `restore the network's range; a network that has been deployed cannot move`,
    ]);
  });

  test('fails when two ranges overlap', () => {
    expect(problems({ ...good, addresses: { app: '10.16.0.0/19', data: '10.16.4.0/22' } })).toEqual([
      'lock.json production.addresses.data | 10.16.4.0/22 | apart from 10.16.0.0/19 (app) | restore the committed line',
    ]);
  });
});
