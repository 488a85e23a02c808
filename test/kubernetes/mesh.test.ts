import { accessLogFields, meshConfig } from '../../lib/kubernetes/mesh-config';
import { Mesh, telemetrySpec, tracedPercent } from '../../lib/kubernetes/mesh';
import { MeshAuthority } from '../../lib/kubernetes/mesh-authority';
import { clusterOf, registrations, rendered } from '../support/kubernetes';

const context = clusterOf();
const addOn = clusterOf({
  stages: {
    production: { sites: { recovery: { kubernetes: { mesh: { flavor: 'aks-addon', revision: 'asm-1-29' } } } } },
  },
});

describe('the mesh', () => {
  test.each([
    ['self-managed', context, 'istio-system'],
    ['the add-on of AKS', addOn, 'aks-istio-system'],
  ])('holds everywhere, %s', async (_, given, root) => {
    const objects = await rendered((options) => {
      new Mesh('mesh', { context: given }, options);
    });
    expect(objects.one('PeerAuthentication', 'default', root).spec).toEqual({ mtls: { mode: 'STRICT' } });
    expect(objects.one('AuthorizationPolicy', 'allow-nothing', root).spec).toEqual({});
    expect(objects.one('Telemetry', 'mesh', root).spec).toEqual(telemetrySpec(given.platform));
    expect(objects.all.every(({ metadata }) => metadata.namespace === root)).toBe(true);
  });

  test('has its settings from its own release, or from the map that Azure reads', async () => {
    const maps = await Promise.all(
      [context, addOn].map(async (given) => {
        const registered = await registrations((options) => {
          new Mesh('mesh', { context: given }, options);
        });
        return registered.filter(({ type }) => type === 'kubernetes:core/v1:ConfigMap').map(({ inputs }) => inputs);
      }),
    );
    expect(maps[0]).toEqual([]);
    expect(maps[1]).toMatchObject([
      { metadata: { name: 'istio-shared-configmap-asm-1-29', namespace: 'aks-istio-system' } },
    ]);
    const { mesh } = (maps[1]?.[0]?.['data'] ?? {}) as { readonly mesh: string };
    expect(JSON.parse(mesh)).toEqual(meshConfig);
  });

  test('refuses hosts that nobody named, and speaks TLS 1.3', () => {
    expect(meshConfig.outboundTrafficPolicy.mode).toBe('REGISTRY_ONLY');
    expect(meshConfig.meshMTLS.minProtocolVersion).toBe('TLSV1_3');
  });

  test('tells of each request in one line of JSON, with the ids by which it is followed', () => {
    expect(JSON.parse(meshConfig.accessLogFormat)).toEqual(accessLogFields);
    expect(Object.keys(accessLogFields)).toEqual(expect.arrayContaining(['correlationId', 'requestId', 'traceparent']));
    // Nothing of who the customer is.
    expect(meshConfig.accessLogFormat).not.toMatch(/AUTHORIZATION|COOKIE|DOWNSTREAM_REMOTE_ADDRESS|X-FORWARDED-FOR/i);
  });

  test('traces a share of requests through the collector', () => {
    const [provider] = meshConfig.extensionProviders;
    expect(telemetrySpec({ telemetry: undefined }).tracing).toMatchObject([
      { providers: [{ name: provider?.name }], randomSamplingPercentage: tracedPercent },
    ]);
    expect(provider?.opentelemetry.port).toBe(4317);
  });
});

describe('the authority of the mesh', () => {
  const authority = rendered((options) => {
    new MeshAuthority('authority', { context }, options);
  });

  test('is signed by a root that signs itself', async () => {
    const objects = await authority;
    expect(objects.one('Issuer', 'self-signed').spec).toEqual({ selfSigned: {} });
    expect(objects.one('Certificate', 'mesh-root').spec).toMatchObject({
      isCA: true,
      secretName: 'mesh-root',
      issuerRef: { name: 'self-signed', kind: 'Issuer' },
      privateKey: { rotationPolicy: 'Never' },
    });
    expect(objects.one('Issuer', 'mesh-root').spec).toEqual({ ca: { secretName: 'mesh-root' } });
  });

  test('is the secret that the control plane reads, made anew with its key', async () => {
    expect((await authority).one('Certificate', 'istio-ca').spec).toMatchObject({
      isCA: true,
      secretName: 'cacerts',
      duration: '2160h',
      renewBefore: '720h',
      issuerRef: { name: 'mesh-root', kind: 'Issuer' },
      privateKey: { rotationPolicy: 'Always' },
    });
  });

  test('is for this mesh alone: no other namespace can have anything signed', async () => {
    const objects = await authority;
    expect(objects.of('ClusterIssuer')).toEqual([]);
    expect(new Set(objects.all.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['istio-system']));
  });
});
