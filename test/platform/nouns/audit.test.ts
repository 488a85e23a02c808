import { audit } from '../../../lib/platform/nouns/audit';

const services = [
  'trail',
  'config',
  'threatDetection',
  'findings',
  'accessAnalyzer',
  'vulnerabilityScanning',
  'costAnomalies',
] as const;

describe('audit', () => {
  test('runs everything itself, and keeps records for a year, unless the stage says otherwise', () => {
    expect(audit.parse({})).toEqual({
      ...Object.fromEntries(services.map((service) => [service, 'own'])),
      objectEvents: 'writes',
      conformance: [],
      retentionDays: 365,
    });
  });

  test.each(services)('leaves %s to the organisation, and nothing else with it', (service) => {
    expect(audit.parse({ [service]: 'organization' })).toEqual({ ...audit.parse({}), [service]: 'organization' });
  });

  test.each([
    ['an owner is unknown', { trail: 'nobody' }],
    ['a service is unknown', { trails: 'own' }],
    ['records are kept for less than a quarter', { retentionDays: 89 }],
    ['records are kept for more than ten years', { retentionDays: 3651 }],
    ['days are no whole number', { retentionDays: 365.5 }],
    ['object events are unknown', { objectEvents: 'reads' }],
  ])('fails when %s', (_, input) => {
    expect(audit.safeParse(input).success).toBe(false);
  });
});
