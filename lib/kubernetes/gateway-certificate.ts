import type { CustomResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from './context';
import { customResource } from './custom-resource';
import type { ICertificate, IIssuer } from './custom-types';
import { gatewaySecrets } from './gateway-values';

interface Place {
  /** Of an object of the gateway's namespace, by its name. */
  readonly metadata: (name: string) => NonNullable<ICertificate['metadata']>;
  readonly options: CustomResourceOptions;
}

/** What signs the certificate of the gateway: itself. */
const issuerName = 'gateway-self-signed';

/**
 * The certificate of the gateway where whoever stands before it encrypts and asks nobody who they are: made in the cluster, signed by
 * itself, and made anew every two months.
 */
export function gatewayCertificateOf(
  context: Pick<ClusterContext, 'cluster'>,
  { metadata, options }: Place,
): ReturnType<typeof customResource> {
  const issuer = customResource<IIssuer>(
    issuerName,
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      metadata: metadata(issuerName),
      spec: { selfSigned: {} },
    },
    options,
  );
  return customResource<ICertificate>(
    gatewaySecrets.certificate,
    {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: metadata(gatewaySecrets.certificate),
      spec: {
        secretName: gatewaySecrets.certificate,
        dnsNames: [`gateway.${context.cluster}`],
        duration: '2160h',
        renewBefore: '720h',
        privateKey: { algorithm: 'ECDSA', size: 256, encoding: 'PKCS8', rotationPolicy: 'Always' },
        usages: ['digital signature', 'server auth'],
        issuerRef: { name: issuerName, kind: 'Issuer', group: 'cert-manager.io' },
      },
    },
    { ...options, dependsOn: [issuer] },
  );
}
