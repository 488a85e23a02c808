import type { CustomResource } from '@pulumi/kubernetes/apiextensions/customResource';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from './context';
import { customResource } from './custom-resource';
import type { ICertificate, IIssuer } from './custom-types';
import { meshAuthoritySecret } from './istio-values';
import { labelsOf } from './labels';

export interface MeshAuthorityArgs {
  readonly context: Pick<ClusterContext, 'cluster' | 'mesh' | 'platform'>;
}

/** What signs the authority of the mesh, and the secret that holds it. */
const rootName = 'mesh-root';

const day = 24;

/** How long what signs is good, and when it is made anew, in hours. */
const lifetimes = {
  /** Proxies keep trusting it while they run, so it outlives them all. */
  root: { duration: 3650 * day, renewBefore: 365 * day },
  /** The control plane reads a new one while it runs; certificates of proxies are good for a day. */
  authority: { duration: 90 * day, renewBefore: 30 * day },
} as const;

/** A certificate that signs others. `Never` keeps its key when it is made anew: what the key signed stays good. */
const signing = (
  commonName: string,
  cluster: string,
  { duration, renewBefore }: { readonly duration: number; readonly renewBefore: number },
  rotationPolicy: 'Always' | 'Never',
) =>
  ({
    isCA: true,
    commonName,
    subject: { organizations: [cluster] },
    duration: `${duration}h`,
    renewBefore: `${renewBefore}h`,
    privateKey: { algorithm: 'ECDSA', size: 384, encoding: 'PKCS8', rotationPolicy },
    usages: ['cert sign', 'crl sign', 'digital signature'],
  }) satisfies Partial<NonNullable<ICertificate['spec']>>;

/**
 * The authority of the mesh: a root that signs itself and nothing but what comes next, and the authority with which the
 * control plane signs the certificates of proxies. The authority is made anew, key and all, every two months; the root stays
 * what it is, since all proxies of the mesh trust it.
 *
 * The control plane reads the secret in the form that cert-manager gives it (`tls.crt`, `tls.key`, `ca.crt`).
 */
export class MeshAuthority extends ComponentResource {
  /** With which the control plane signs. */
  public readonly certificate: CustomResource;

  public constructor(name: string, args: MeshAuthorityArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:MeshAuthority', name, {}, opts);
    const { cluster, mesh, platform } = args.context;
    const inside = { parent: this };
    const metadata = (object: string) => ({
      name: object,
      namespace: mesh.rootNamespace,
      labels: labelsOf({ platform, name: 'mesh' }),
    });
    const issuer = (object: string, spec: NonNullable<IIssuer['spec']>, after: readonly CustomResource[]) =>
      customResource<IIssuer>(
        `${name}-${object}-issuer`,
        { apiVersion: 'cert-manager.io/v1', kind: 'Issuer', metadata: metadata(object), spec },
        { ...inside, dependsOn: [...after] },
      );
    const certificate = (object: string, spec: NonNullable<ICertificate['spec']>, after: CustomResource) =>
      customResource<ICertificate>(
        `${name}-${object}-certificate`,
        { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', metadata: metadata(object), spec },
        { ...inside, dependsOn: [after] },
      );
    const selfSigned = issuer('self-signed', { selfSigned: {} }, []);
    const root = certificate(
      rootName,
      {
        ...signing('Root of the mesh', cluster, lifetimes.root, 'Never'),
        secretName: rootName,
        issuerRef: { name: 'self-signed', kind: 'Issuer', group: 'cert-manager.io' },
      },
      selfSigned,
    );
    const signer = issuer(rootName, { ca: { secretName: rootName } }, [root]);
    this.certificate = certificate(
      'istio-ca',
      {
        ...signing('Authority of the mesh', cluster, lifetimes.authority, 'Always'),
        secretName: meshAuthoritySecret,
        issuerRef: { name: rootName, kind: 'Issuer', group: 'cert-manager.io' },
      },
      signer,
    );
    this.registerOutputs({});
  }
}
