import { about, none, one, type Row } from '../../../support/about';
import { like, oneOf } from '../../../support/matchers';

/** Secrets of services: service, secret, fields. */
const own: readonly (readonly [service: string, secret: string, ...fields: readonly string[]])[] = [
  ['notification', 'apple-push', 'key', 'keyId', 'teamId'],
  ['notification', 'google-push', 'serviceAccount'],
  ['order', 'shipping-provider', 'apiKey'],
  ['payment', 'payment-provider', 'apiKey', 'webhookKey'],
  [
    'user',
    'token-keys',
    'current',
    'privateKeyA',
    'privateKeyB',
    'privateKeyC',
    'publicKeyA',
    'publicKeyB',
    'publicKeyC',
  ],
];

export const secrets: Row = {
  row: 'secrets',
  expectations: [
    ...own.map(([service, secret, ...fields]) =>
      one(
        `${service} has the secret ${secret} from the vault, and no more of it`,
        'ExternalSecret',
        `retailflow-${service}/externalsecret-${secret}`,
        {
          'spec.data': fields.map((field) => ({ remoteRef: { key: `${secret}-${field}` }, secretKey: field })),
          'spec.secretStoreRef': { kind: 'SecretStore', name: 'vault' },
          'spec.target.name': secret,
        },
      ),
    ),
    ...about(
      { type: 'ExternalSecret', where: /^retailflow-(?!gateway)/, count: own.length },
      {
        'a secret that changes is known within a quarter of an hour': { path: 'spec.refreshInterval', is: '15m' },
      },
    ),
    ...about(
      { type: 'ExternalSecret', where: /^retailflow-/ },
      {
        'a secret goes with what asked for it': { path: 'spec.target.creationPolicy', is: 'Owner' },
      },
    ),
    ...about(
      { type: 'ExternalSecret', where: /^(?!retailflow-gateway\/externalsecret-limits$)retailflow-/ },
      {
        'a secret stays where the vault does not answer': { path: 'spec.target.deletionPolicy', is: 'Retain' },
        'a secret is read from the store of its namespace': {
          path: 'spec.secretStoreRef',
          is: { kind: 'SecretStore', name: 'vault' },
        },
      },
    ),
    ...about(
      { type: 'SecretStore', count: 5 },
      {
        'the vault is read by an identity, and without a secret': {
          path: 'spec.provider.azurekv.authType',
          is: 'WorkloadIdentity',
        },
        'the vault is that of the site': {
          path: 'spec.provider.azurekv.vaultUrl',
          is: 'https://kv-retailflow-pro-fsjcx1.vault.azure.net',
        },
        'the vault is of the tenant of the site': {
          path: 'spec.provider.azurekv.tenantId',
          is: like(/^[0-9a-f-]{36}$/),
        },
      },
    ),
    ...['gateway', ...new Set(own.map(([service]) => service))].map((service) =>
      one(
        `the vault gives ${service} what its own identity may read`,
        'SecretStore',
        `retailflow-${service}/secretstore-vault`,
        {
          'spec.provider.azurekv.serviceAccountRef': { name: service },
        },
      ),
    ),
    one(
      'the gateway knows the keys of tokens by the vault',
      'ExternalSecret',
      'retailflow-gateway/externalsecret-gateway-document',
      {
        'spec.data': ['publicKeyA', 'publicKeyB', 'publicKeyC'].map((field) => ({
          remoteRef: { key: `token-keys-${field}` },
          secretKey: field,
        })),
        'spec.refreshInterval': oneOf('1h'),
      },
    ),
    one(
      'the gateway has the certificate of the domain from the vault',
      'ExternalSecret',
      'retailflow-gateway/externalsecret-gateway-certificate',
      {
        'spec.data': [{ remoteRef: { key: 'edge' }, secretKey: 'certificate' }],
        'spec.target.template.type': 'kubernetes.io/tls',
        'spec.refreshInterval': oneOf('1h'),
      },
    ),
    one('the counter of requests has a password that nobody knows', 'Password', 'retailflow-gateway/password-limits', {
      'spec.length': 48,
      'spec.digits': 12,
    }),
    one('the password of the counter is made once', 'ExternalSecret', 'retailflow-gateway/externalsecret-limits', {
      'spec.refreshPolicy': 'CreatedOnce',
      'spec.dataFrom[*].sourceRef.generatorRef': {
        apiVersion: 'generators.external-secrets.io/v1alpha1',
        kind: 'Password',
        name: 'limits',
      },
      'spec.target.template.data': { password: '{{ .password }}', username: 'gateway' },
      'spec.target.creationPolicy': 'Owner',
    }),
    none({ type: 'ClusterSecretStore' }, 'nobody reads secrets in the name of everybody'),
    none({ type: 'ClusterExternalSecret' }, 'no secret is put into every namespace'),
  ],
};
