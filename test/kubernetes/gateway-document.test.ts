import { certificateTemplate, documentTemplate } from '../../lib/kubernetes/gateway-document';
import { gatewayDocument } from '../../lib/kubernetes/gateway';
import type { KongDeclarative } from '../../lib/platform/gateway/document';
import { resolved, retailflowWith } from '../support/platform';

const key = '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n';
const action = (id: string): string => `{{ .publicKey${id} | replace "\\r" "" | toJson }}`;
const ids = ['A', 'B', 'C'];

/** What External Secrets makes of a template, as far as these go. */
const filledIn = (template: string): KongDeclarative =>
  JSON.parse(
    ids
      .reduce((text, id) => text.replaceAll(action(id), JSON.stringify(key + id)), template)
      .replaceAll('{{"{{"}}', '{{'),
  ) as KongDeclarative;

describe('the document as a template', () => {
  const template = gatewayDocument(resolved(retailflowWith({})), 'recovery');

  test('asks the vault for the public keys, and holds none', () => {
    for (const id of ids) expect(template.split(action(id))).toHaveLength(2);
    expect(template).not.toContain('@GATEWAY_');
    expect(filledIn(template).consumers[0]?.jwt_secrets?.map((each) => each.rsa_public_key)).toEqual(
      ids.map((id) => key + id),
    );
  });

  test('leads to services by the mesh, and counts beside the gateway without encrypting twice', () => {
    const document = filledIn(template);
    expect(document.services.map(({ url }) => url)).toEqual([
      'http://analytics.retailflow-analytics.svc.cluster.local:8080',
      'http://catalog.retailflow-catalog.svc.cluster.local:8080',
      'http://order.retailflow-order.svc.cluster.local:8080',
      'http://payment.retailflow-payment.svc.cluster.local:8080',
      'http://user.retailflow-user.svc.cluster.local:8080',
    ]);
    for (const service of document.services) expect(service).not.toHaveProperty('tls_verify');
    const limits = document.services
      .flatMap(({ routes }) => routes.flatMap(({ plugins }) => plugins))
      .filter(({ name }) => name === 'rate-limiting');
    expect(limits.length).toBeGreaterThan(10);
    for (const { config } of limits) {
      expect(config).toMatchObject({
        redis: {
          host: 'limits.retailflow-gateway.svc.cluster.local',
          port: 6379,
          ssl: false,
          username: '{vault://env/gateway-cache-user}',
          password: '{vault://env/gateway-cache-password}',
        },
      });
    }
  });

  test('is the same each time, and another one when a route is', () => {
    expect(gatewayDocument(resolved(retailflowWith({})), 'recovery')).toBe(template);
    const other = resolved(
      retailflowWith({
        gateway: { requestsPerMinute: 601 },
        services: { payment: { routes: [{ path: '/api/payments' }] } },
      }),
    );
    expect(gatewayDocument(other, 'recovery')).not.toBe(template);
  });

  test('tells load tests from everybody else where they come, and nowhere else', () => {
    const staging = resolved(retailflowWith({}), 'staging');
    const [marked, other] = (['primary', 'recovery'] as const).map((site) => filledIn(gatewayDocument(staging, site)));
    expect(marked?.consumers.map(({ username }) => username)).toEqual(['token-holders', 'everybody', 'load-tests']);
    expect(JSON.stringify(marked?.consumers[2])).toContain('"host":"limits.retailflow-gateway.svc.cluster.local"');
    expect(other?.consumers.map(({ username }) => username)).toEqual(['token-holders']);
  });

  test('lets what begins like an action of a template stand for itself', () => {
    const document = {
      ...filledIn(template),
      consumers: [
        {
          username: 'token-holders {{ .publicKeyA }}',
          jwt_secrets: ids.map((id) => ({
            key: id,
            algorithm: 'RS256' as const,
            rsa_public_key: `@GATEWAY_TOKEN_PUBLIC_KEY_${id}@`,
          })),
        },
      ],
    } as const;
    const text = documentTemplate(document);
    expect(text).toContain('token-holders {{"{{"}} .publicKeyA }}');
    expect(filledIn(text).consumers[0]?.username).toBe('token-holders {{ .publicKeyA }}');
  });

  test('fails when the document does not ask for each key', () => {
    expect(() => documentTemplate({ ...filledIn(template), consumers: [] })).toThrow(
      `must have "@GATEWAY_TOKEN_PUBLIC_KEY_A@", got none`,
    );
  });
});

test('a certificate is taken as the vault keeps it: in PEM, or as an archive in base64', () => {
  expect(certificateTemplate).toEqual({
    'tls.crt':
      '{{ if contains "-----BEGIN" .certificate }}{{ .certificate | filterPEM "CERTIFICATE" }}{{ else }}{{ .certificate | b64dec | pkcs12cert }}{{ end }}',
    'tls.key':
      '{{ if contains "-----BEGIN" .certificate }}{{ .certificate | filterPEM "PRIVATE KEY" }}{{ else }}{{ .certificate | b64dec | pkcs12key }}{{ end }}',
  });
});
