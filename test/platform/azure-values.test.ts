import { sitesOn } from '../../lib/platform/platform';
import { azureValue } from '../../lib/platform/azure-values';

import { resolved } from '../support/platform';
import { techflowWith } from '../support/techflow';
import { twoAzureSites } from '../support/two-azure-sites';

const told = (
  platform: ReturnType<typeof resolved>,
  noun: 'buckets' | 'caches' | 'databases' | 'queues',
  name: string,
  field = 'host',
) => sitesOn(platform, 'azure').map((site) => azureValue({ noun, name, field }, { platform, site }));

describe('what services of two sites on Azure are told', () => {
  const two = resolved(twoAzureSites());

  test('is one name of the server that takes writes, wherever that is', () => {
    const [first, second] = told(two, 'databases', 'store');
    expect(first).toMatch(/^psqlve-techflow-production-store-\w{6}\.writer\.postgres\.database\.azure\.com$/);
    expect(second).toBe(first);
  });

  test('is a reader of their own region, since the name of the reader leads to the replica that takes over', () => {
    expect(told(two, 'databases', 'store', 'readerHost')).toEqual([
      expect.stringMatching(/^psql-techflow-production-store-1-\w{6}\.postgres\.database\.azure\.com$/),
      expect.stringMatching(/^psql-techflow-production-recovery-store-\w{6}\.postgres\.database\.azure\.com$/),
    ]);
  });

  test('is one namespace of messages, and caches and buckets of their own', () => {
    const [first, second] = told(two, 'queues', 'notifications', 'url');
    expect(second).toBe(first);
    for (const [noun, name] of [
      ['caches', 'sessions'],
      ['buckets', 'archive'],
    ] as const) {
      const [here, there] = told(two, noun, name);
      expect(there).not.toBe(here);
    }
  });
});

test('services of one site alone read by the name of the reader', () => {
  const one = resolved(techflowWith({}), 'development');
  expect(told(one, 'databases', 'store', 'readerHost')).toEqual([
    expect.stringMatching(/^psqlve-techflow-development-store-\w{6}\.reader\.postgres\.database\.azure\.com$/),
  ]);
});

test('fails when whoever sends SMS would be told no number', () => {
  const platform = resolved(techflowWith({}));
  const [site] = sitesOn(platform, 'azure');
  if (site === undefined) throw new Error('techflow must stand on azure');
  const ask = (countries: object) =>
    azureValue(
      { noun: 'messages', name: 'customers', field: 'smsFrom/US' },
      { platform: { ...platform, messages: { customers: { sms: { countries, monthlyDollars: 1 } } } } as never, site },
    );
  expect(ask({ US: { kind: 'number', type: 'toll-free', azure: '+18005550199' } })).toBe('+18005550199');
  expect(() => ask({ US: { kind: 'number', type: 'toll-free' } })).toThrow(
    'messages.customers.sms.countries.US.azure must be given, got none',
  );
  expect(() => ask({})).toThrow('messages.customers.sms.countries.US.azure must be given');
});
