import fc from 'fast-check';
import type { Reach } from '../../lib/kubernetes/cloud';
import { mergedReach, outsideOf, partsUsed, thirdPartiesOf } from '../../lib/kubernetes/outside';
import { clusterOf, serviceOf } from '../support/kubernetes';

const context = clusterOf();

describe('parts outside of the cluster that a service uses', () => {
  test('are each named once, and third parties, services and secrets are none', () => {
    expect(partsUsed(context, 'order')).toEqual([
      { noun: 'caches', name: 'sessions' },
      { noun: 'databases', name: 'store' },
      { noun: 'flags', name: 'storefront' },
      { noun: 'topics', name: 'order-events' },
      { noun: 'queues', name: 'orders' },
      { noun: 'queues', name: 'notifications' },
      { noun: 'buckets', name: 'archive' },
    ]);
  });

  test('are those alone that stand on the site', () => {
    const waives = { caches: { reason: 'sessions are made again when customers sign in', minutes: 5 } };
    const without = clusterOf({ stages: { production: { sites: { recovery: { waives } } } } });
    expect(partsUsed(context, 'catalog').map(({ noun }) => noun)).toEqual([
      'caches',
      'databases',
      'flags',
      'buckets',
      'buckets',
    ]);
    expect(partsUsed(without, 'catalog').map(({ noun }) => noun)).toEqual(['databases', 'flags', 'buckets', 'buckets']);
  });

  test('are reached under their hosts, and tokens with them', () => {
    const hosts = outsideOf(context, 'order').hosts.map(({ host }) => host);
    expect(hosts[0]).toBe('login.microsoftonline.com');
    expect(hosts.filter((host) => host.endsWith('.servicebus.windows.net'))).toHaveLength(1);
    expect(hosts).toHaveLength(7);
  });

  test('leave nothing but tokens to a service that uses none', () => {
    const bare = clusterOf(serviceOf('payment', { uses: { databases: [] } }));
    expect(outsideOf(bare, 'payment')).toEqual(context.cloud.tokens);
  });
});

describe('third parties', () => {
  test('are those that the service calls', () => {
    expect(thirdPartiesOf(context, 'payment')).toEqual([
      { host: 'api.payments.example.com', port: 443, timeoutMilliseconds: 8000 },
    ]);
  });

  test('of the same host are one, and the longest time holds', () => {
    const integrations = {
      refunds: { host: 'api.payments.example.com', purpose: 'gives money back', timeoutMilliseconds: 20_000 },
    };
    const twice = clusterOf({
      integrations,
      services: { payment: { uses: { integrations: ['payments', 'refunds'] } } },
    });
    expect(thirdPartiesOf(twice, 'payment')).toEqual([
      { host: 'api.payments.example.com', port: 443, timeoutMilliseconds: 20_000 },
    ]);
  });
});

describe('ways to the same addresses', () => {
  const reach = fc.record({
    ranges: fc.constantFrom(['10.0.0.0/24'], ['0.0.0.0/0']),
    except: fc.constantFrom(['10.0.0.0/8'], ['192.168.0.0/16']),
    ports: fc.array(
      fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom({ first: 3, last: 5 }, { first: 7, last: 9 })),
      { minLength: 1, maxLength: 4 },
    ),
  });
  const openings = (ways: readonly Reach[]) =>
    new Set(ways.flatMap(({ except, ports, ranges }) => ports.map((port) => JSON.stringify([ranges, except, port]))));

  test('are one that opens neither more nor less', () => {
    fc.assert(
      fc.property(fc.array(reach, { maxLength: 6 }), (ways) => {
        const merged = mergedReach(ways);
        expect(openings(merged)).toEqual(openings(ways));
        expect(merged.length).toBe(new Set(ways.map(({ except, ranges }) => JSON.stringify([ranges, except]))).size);
      }),
    );
  });

  test('have their ports in order, each once', () => {
    const way = { ranges: ['10.0.0.0/24'] };
    expect(
      mergedReach([
        { ...way, ports: [443, 80] },
        { ...way, ports: [443, { first: 100, last: 199 }] },
      ]),
    ).toEqual([{ ...way, ports: [80, { first: 100, last: 199 }, 443] }]);
  });
});
