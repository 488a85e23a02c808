import { externalSecret, ServiceSecrets } from '../../lib/kubernetes/service-secrets';
import { workloadAccount } from '../../lib/kubernetes/workload-account';
import { clusterOf, rendered } from '../support/kubernetes';

const context = clusterOf();
const made = (service: string) =>
  rendered((options) => {
    const account = workloadAccount(service, { context, word: service }, options);
    new ServiceSecrets(service, { context, service, account }, options);
  });

describe('a secret of a service', () => {
  test('has the fields of the definition, each from its own entry of the vault', () => {
    expect(externalSecret(context, 'payment-provider')).toEqual({
      refreshInterval: '15m',
      secretStoreRef: { kind: 'SecretStore', name: 'vault' },
      target: { name: 'payment-provider', creationPolicy: 'Owner', deletionPolicy: 'Retain' },
      data: [
        { secretKey: 'apiKey', remoteRef: { key: 'payment-provider-apiKey' } },
        { secretKey: 'webhookKey', remoteRef: { key: 'payment-provider-webhookKey' } },
      ],
    });
  });

  test('fails when the platform has no such secret', () => {
    expect(() => externalSecret(context, 'payment-provder')).toThrow(
      /^no secret payment-provder in apple-push, google-push, /,
    );
  });

  test('is read as the service itself', async () => {
    const objects = await made('payment');
    expect(objects.one('SecretStore', 'vault', 'retailflow-payment').spec).toEqual({
      provider: {
        azurekv: {
          authType: 'WorkloadIdentity',
          vaultUrl: expect.stringMatching(/^https:.*vault/),
          tenantId: '00000000-0000-0000-0000-000000000000',
          serviceAccountRef: { name: 'payment' },
        },
      },
    });
    expect(objects.of('ExternalSecret').map(({ metadata }) => metadata.name)).toEqual(['payment-provider']);
  });

  test('is never written down', async () => {
    expect((await made('payment')).of('Secret')).toEqual([]);
  });

  test('is none of a service without secrets, which has no store either', async () => {
    expect((await made('catalog')).all.map(({ kind }) => kind)).toEqual(['ServiceAccount']);
  });
});
