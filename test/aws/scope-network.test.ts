import { passRules } from '../../lib/aws/scope-firewall';
import { passages, refuseTooMany } from '../../lib/aws/scope-network';

const ranges = {
  app: ['10.0.0.0/19'],
  data: ['10.0.96.0/22'],
  services: ['10.0.120.0/24'],
  databases: ['10.0.123.0/24'],
};
const closed = { name: 'cards', calledAt: [], calledInside: [], calls: [], usesAt: [], thirdParties: [] };
const everywhere = ['0.0.0.0/0'];

describe('what passes the edge of a scope', () => {
  test('is answers, calls of AWS, and databases, where nothing else is declared', () => {
    const { databases, services } = passages(closed, ranges);
    expect(services.in).toEqual([{ ranges: everywhere, ports: [32_768, 60_999] }]);
    expect(services.out).toEqual([
      { ranges: everywhere, ports: [443, 443] },
      { ranges: ranges.databases, ports: [5432, 5432] },
      { ranges: ['10.0.0.0/19', '10.0.120.0/24'], ports: [1024, 65_535] },
    ]);
    expect(databases.in.map(({ ports }) => ports)).toEqual([
      [5432, 5432],
      [1024, 65_535],
    ]);
    expect(databases.in.flatMap((each) => each.ranges)).not.toContain('10.0.0.0/19');
    expect(databases.out).toEqual([{ ranges: ['10.0.120.0/24', '10.0.123.0/24'], ports: [1024, 65_535] }]);
  });

  test('is what is declared, each at its port and from where it comes', () => {
    const { services } = passages(
      {
        ...closed,
        calledAt: [8080, 15_443],
        calledInside: [15_443],
        calls: [15_443],
        usesAt: [9098],
        thirdParties: [{ host: 'bank.example.com', port: 8443 }],
      },
      ranges,
    );
    expect(services.in.slice(0, 3)).toEqual([
      { ranges: ranges.app, ports: [8080, 8080] },
      { ranges: ranges.app, ports: [15_443, 15_443] },
      { ranges: ranges.services, ports: [15_443, 15_443] },
    ]);
    expect(services.out).toEqual(
      expect.arrayContaining([
        { ranges: everywhere, ports: [8443, 8443] },
        { ranges: ranges.app, ports: [15_443, 15_443] },
        { ranges: ranges.data, ports: [9098, 9098] },
        { ranges: ranges.services, ports: [15_443, 15_443] },
      ]),
    );
  });

  test('has fewer rules than a list may have, 20 in each direction, for three zones', () => {
    const three = Object.fromEntries(
      Object.entries(ranges).map(([tier, [range = '']]) => [tier, [range, range, range]]),
    );
    const { databases, services } = passages(
      {
        ...closed,
        calledAt: [8080, 15_443],
        calls: [15_443],
        usesAt: [9098],
        thirdParties: [{ host: 'a', port: 443 }],
      },
      three as typeof ranges,
    );
    for (const passing of [services.in, services.out, databases.in, databases.out])
      expect(passing.reduce((sum, each) => sum + each.ranges.length, 0)).toBeLessThanOrEqual(20);
  });
});

test('a list is refused with more rules than the account allows, and not with as many', () => {
  const rules = (count: number) =>
    Array.from({ length: count }, () => ({ ranges: everywhere, ports: [443, 443] as const }));
  expect(() => refuseTooMany('Cards Services', { in: rules(20), out: rules(20) })).not.toThrow();
  expect(() => refuseTooMany('Cards Services', { in: rules(20), out: rules(21) })).toThrow(
    /Cards Services must be at most 20 rules out of a list, one for each zone and port, got 21/,
  );
});

test('the firewall knows third parties by their whole names, one rule each', () => {
  expect(
    passRules([
      { host: 'api.stripe.com', port: 443 },
      { host: 'bank.example.com', port: 8443 },
    ]),
  ).toBe(
    [
      'pass tls $SOURCES any -> any 443 (tls.sni; content:"api.stripe.com"; startswith; endswith; nocase; flow:to_server; sid:1; rev:1;)',
      'pass tls $SOURCES any -> any 8443 (tls.sni; content:"bank.example.com"; startswith; endswith; nocase; flow:to_server; sid:2; rev:1;)',
    ].join('\n'),
  );
});
