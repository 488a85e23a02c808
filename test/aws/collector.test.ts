import { collectorConfig } from '../../lib/aws/collector';
import { signInSettings } from '../../lib/aws/grafana';

const config = collectorConfig({
  region: 'us-east-2',
  service: 'order',
  writeUrl: 'https://figures.example.com/write',
});

describe('the collector beside a task', () => {
  test('is heard by its own task alone', () => {
    const { grpc, http } = config.receivers.otlp.protocols;
    expect([grpc.endpoint, http.endpoint, config.extensions.health_check.endpoint]).toEqual([
      '127.0.0.1:4317',
      '127.0.0.1:4318',
      '127.0.0.1:13133',
    ]);
  });

  test('refuses what it cannot keep before it keeps anything, and joins last', () => {
    for (const { processors, receivers } of Object.values(config.service.pipelines)) {
      expect(receivers).toEqual(['otlp']);
      expect(processors[0]).toBe('memory_limiter');
      expect(processors.at(-1)).toBe('batch');
    }
  });

  test('uses nothing that is not there, and has nothing that is not used', () => {
    const { pipelines } = config.service;
    const used = (part: 'exporters' | 'processors' | 'receivers') =>
      [...new Set(Object.values(pipelines).flatMap((pipeline) => pipeline[part]))].sort();
    expect(used('receivers')).toEqual(Object.keys(config.receivers).sort());
    expect(used('processors')).toEqual(Object.keys(config.processors).sort());
    expect(used('exporters')).toEqual(Object.keys(config.exporters).sort());
    expect(config.service.extensions).toEqual(Object.keys(config.extensions).sort());
  });

  test('writes figures as the role of its task, to one place', () => {
    expect(config.exporters.prometheusremotewrite).toMatchObject({
      endpoint: 'https://figures.example.com/write',
      auth: { authenticator: 'sigv4auth' },
    });
    expect(config.extensions.sigv4auth).toEqual({ region: 'us-east-2', service: 'aps' });
  });
});

describe('the sign-in to dashboards', () => {
  test('is that of the organization', () => {
    expect(signInSettings({ by: 'identity-center' })).toEqual({ authenticationProviders: ['AWS_SSO'] });
  });

  test('is a provider of SAML, whose groups say who may change what', () => {
    expect(
      signInSettings({
        by: 'saml',
        metadata: 'https://id.example.com/metadata',
        groups: 'memberOf',
        admins: ['operators'],
        editors: ['developers'],
      }),
    ).toEqual({
      authenticationProviders: ['SAML'],
      samlConfiguration: {
        idpMetadata: { url: 'https://id.example.com/metadata' },
        assertionAttributes: { role: 'memberOf', groups: 'memberOf' },
        roleValues: { admin: ['operators'], editor: ['developers'] },
      },
    });
  });
});
