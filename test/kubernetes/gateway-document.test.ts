import { certificateTemplate, documentTemplate } from '../../lib/kubernetes/gateway-document';
import { gatewayDocument } from '../../lib/kubernetes/gateway';
import type { KongDeclarative } from '../../lib/platform/gateway/document';
import { resolved, retailflowWith } from '../support/platform';

const key = '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n';
const action = '{{ .publicKey | replace "\\r" "" | toJson }}';

/** What External Secrets makes of a template, as far as these go. */
const filledIn = (template: string): KongDeclarative =>
  JSON.parse(template.replaceAll(action, JSON.stringify(key)).replaceAll('{{"{{"}}', '{{')) as KongDeclarative;

describe('the document as a template', () => {
  const template = gatewayDocument(resolved(retailflowWith({})));

  test('asks the vault for the public key, and holds none', () => {
    expect(template.split(action)).toHaveLength(2);
    expect(template).not.toContain('@GATEWAY_');
    expect(filledIn(template).consumers[0]?.jwt_secrets[0]?.rsa_public_key).toBe(key);
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
    expect(gatewayDocument(resolved(retailflowWith({})))).toBe(template);
    const other = resolved(
      retailflowWith({
        gateway: { requestsPerMinute: 601 },
        services: { payment: { routes: [{ path: '/api/payments' }] } },
      }),
    );
    expect(gatewayDocument(other)).not.toBe(template);
  });

  test('lets what begins like an action of a template stand for itself', () => {
    const document = {
      ...filledIn(template),
      consumers: [
        {
          username: 'token-holders {{ .publicKey }}',
          jwt_secrets: [{ key: 'issuer', algorithm: 'RS256', rsa_public_key: '@GATEWAY_TOKEN_PUBLIC_KEY@' }],
        },
      ],
    } as const;
    const text = documentTemplate(document);
    expect(text).toContain('token-holders {{"{{"}} .publicKey }}');
    expect(filledIn(text).consumers[0]?.username).toBe('token-holders {{ .publicKey }}');
  });

  test('fails when the document does not ask for the key', () => {
    expect(() => documentTemplate({ ...filledIn(template), consumers: [] })).toThrow(
      `must have "@GATEWAY_TOKEN_PUBLIC_KEY@", got none`,
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
