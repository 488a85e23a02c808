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

  test('archives what databases log only where the stage wants it, for three years then', () => {
    expect(audit.parse({}).databaseLogs).toBeUndefined();
    expect(audit.parse({ databaseLogs: {} }).databaseLogs).toEqual({ archiveDays: 1095 });
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
    ['logs of databases are archived for less than a year', { databaseLogs: { archiveDays: 364 } }],
    ['logs of databases are archived for more than ten years', { databaseLogs: { archiveDays: 3651 } }],
    ['logs of databases are archived in a word that is unknown', { databaseLogs: { keepDays: 365 } }],
    ['object events are unknown', { objectEvents: 'reads' }],
  ])('fails when %s', (_, input) => {
    expect(audit.safeParse(input).success).toBe(false);
  });
});
