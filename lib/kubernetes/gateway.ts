import type { CustomResource } from '@pulumi/kubernetes/apiextensions/customResource';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap';
import { Service } from '@pulumi/kubernetes/core/v1/service';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import { gatewayOf, kongConfiguration } from '../platform/gateway/configuration';
import { keyField, keyIds } from '../platform/gateway/token-keys';
import { gatewayWord, kubernetesAccount, kubernetesNamespace } from '../platform/names';
import { admittedPerMinute } from '../platform/load-tests/admitted';
import type { Platform, SiteName } from '../platform/platform';
import { gatewayPort, gatewayStatusPort } from '../platform/ports';
import type { ClusterContext } from './context';
import { copiedImage } from './copied-image';
import { customResource } from './custom-resource';
import type {
  IAuthorizationPolicy,
  IExternalSecret,
  IPeerAuthentication,
  IScaledObject,
  ISidecar,
  ITargetGroupBinding,
} from './custom-types';
import { gatewayCertificateOf } from './gateway-certificate';
import { gatewayCallers, gatewayNetwork, gatewayPeers, gatewayView } from './gateway-access';
import { certificateKey, certificateTemplate, documentTemplate, publicKeyKey } from './gateway-document';
import { gatewayScaling } from './gateway-scaling';
import { gatewaySecrets, gatewaySelector, gatewayValues } from './gateway-values';
import { HelmRelease } from './helm-release';
import { images } from '../platform/cluster-images';
import { labelsOf } from './labels';
import { limitsHost, limitsPort } from './limits-settings';
import { serviceUrl } from './service-address';
import { fromVault, vaultStore, vaultStoreName } from './vault-store';

export interface GatewayArgs {
  readonly context: ClusterContext;
  /** What must be there before: the namespace, the mesh, who makes secrets, what counts requests. */
  readonly after: readonly Resource[];
}

/** Why two ports take no certificate of the mesh, for those who review. */
const edgeOutside =
  'The edge is not in the mesh: it is known by its address, and verifies the certificate of the domain that Kong shows.';

/** How often the vault is asked for another value. */
const refreshInterval = '1h';

/** The document of the gateway: that of ECS, with the services and the counter where the cluster has them. As a template, where a key is put in. */
export function gatewayDocument(platform: Platform, siteName: SiteName): string {
  const document = kongConfiguration(platform, {
    upstreamUrl: (service) => serviceUrl(platform, service),
    cacheHost: limitsHost(platform),
    cachePort: limitsPort,
    // The proxy beside the gateway encrypts.
    cacheTls: false,
    loadPerMinute: admittedPerMinute(platform, siteName),
  });
  return gatewayOf(platform).kind === 'kong' ? documentTemplate(document) : JSON.stringify(document);
}

/** A secret made of entries of the vault, by what a template calls them. */
const fromEntries = (
  target: Parameters<typeof fromVault>[0],
  entries: Readonly<Record<string, string>>,
): ReturnType<typeof fromVault> =>
  fromVault(
    target,
    Object.entries(entries).map(([secretKey, key]) => ({ secretKey, remoteRef: { key } })),
    refreshInterval,
  );

/**
 * The API gateway: Kong by its own chart, with the document that it has on ECS, behind a balancer of the network at the address
 * that the edge knows. Its public keys and its certificate come from the vault into secrets of the cluster, and stand in no
 * manifest. It is in the mesh: services know it by its account, and a release moves its requests as it moves all others.
 *
 * The balancer keeps the addresses of callers, which policies look at, and asks each node whether it has a pod that is ready;
 * so a pod that leaves gets nothing new, and there is no second hop.
 */
export class Gateway extends ComponentResource {
  public readonly account: ServiceAccount;
  /** The document and the certificate, as secrets of the cluster are made of them. */
  public readonly secrets: readonly CustomResource[];
  public readonly release: HelmRelease;
  public readonly balancer: Service;

  public constructor(name: string, args: GatewayArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:Gateway', name, {}, opts);
    const { after, context } = args;
    const { platform } = context;
    const document = gatewayDocument(platform, context.siteName);
    this.account = new ServiceAccount(
      name,
      {
        metadata: {
          ...this.metadata(context, kubernetesAccount(gatewayWord)),
          annotations: { ...context.cloud.account(gatewayWord).annotations },
        },
        automountServiceAccountToken: false,
      },
      this.inside(after),
    );
    this.secrets = this.makeSecrets(name, args, document);
    const guards = [...this.guard(name, args), ...this.makeDocument(args, document)];
    this.balancer = this.makeBalancer(name, args);
    this.release = new HelmRelease(
      name,
      {
        context,
        system: 'kong',
        values: gatewayValues({ context, document, image: copiedImage(context, 'kong'), version: images.kong.version }),
      },
      { parent: this, dependsOn: [...after, ...this.secrets, ...guards] },
    );
    this.scale(name, context);
    this.registerOutputs({});
  }

  private metadata({ platform }: ClusterContext, name: string) {
    return {
      name,
      namespace: kubernetesNamespace(platform, gatewayWord),
      labels: labelsOf({ platform, name: gatewayWord }),
    };
  }

  private inside(after: readonly Resource[]) {
    return { parent: this, dependsOn: [...after] };
  }

  private makeSecrets(name: string, { after, context }: GatewayArgs, document: string): readonly CustomResource[] {
    const { cloud, platform } = context;
    const { gatewayCertificate } = cloud;
    const { kind, tokens } = gatewayOf(platform);
    const store = vaultStore(
      `${name}-${vaultStoreName}`,
      { cloud, metadata: (object) => this.metadata(context, object), word: gatewayWord },
      this.inside([...after, this.account]),
    );
    const made = {
      ...(kind === 'kong'
        ? {
            [gatewaySecrets.document]: fromEntries(
              {
                name: gatewaySecrets.document,
                template: { engineVersion: 'v2', data: { 'kong.yml': document } },
              },
              Object.fromEntries(
                keyIds.map((id) => [publicKeyKey(id), cloud.secretKey(tokens.secret, keyField('publicKey', id))]),
              ),
            ),
          }
        : {}),
      ...(gatewayCertificate.from === 'vault'
        ? {
            [gatewaySecrets.certificate]: fromEntries(
              {
                name: gatewaySecrets.certificate,
                template: { engineVersion: 'v2', type: 'kubernetes.io/tls', data: { ...certificateTemplate } },
              },
              { [certificateKey]: gatewayCertificate.entry },
            ),
          }
        : {}),
    };
    const certificates =
      gatewayCertificate.from === 'cluster'
        ? [
            gatewayCertificateOf(context, {
              metadata: (object) => this.metadata(context, object),
              options: this.inside(after),
            }),
          ]
        : [];
    const read = Object.entries(made).map(([secret, spec]) =>
      customResource<IExternalSecret>(
        secret,
        {
          apiVersion: 'external-secrets.io/v1',
          kind: 'ExternalSecret',
          metadata: this.metadata(context, secret),
          spec,
        },
        this.inside([store]),
      ),
    );
    return [...read, ...certificates];
  }

  /** The document where it holds no key: whoever stands before Kong verifies tokens. */
  private makeDocument({ after, context }: GatewayArgs, document: string): readonly Resource[] {
    return gatewayOf(context.platform).kind === 'kong'
      ? []
      : [
          new ConfigMap(
            gatewaySecrets.document,
            { metadata: this.metadata(context, gatewaySecrets.document), data: { 'kong.yml': document } },
            this.inside(after),
          ),
        ];
  }

  /** Who reaches it and whom it reaches, for the network and for the mesh. */
  private guard(name: string, { after, context }: GatewayArgs): readonly Resource[] {
    const metadata = this.metadata(context, gatewayWord);
    const inside = this.inside(after);
    return [
      new NetworkPolicy(name, { metadata, spec: gatewayNetwork(context) }, inside),
      customResource<IPeerAuthentication>(
        `${name}-peers`,
        {
          apiVersion: 'security.istio.io/v1',
          kind: 'PeerAuthentication',
          metadata: { ...metadata, annotations: { 'mainstay/exempt.mutual-tls': edgeOutside } },
          spec: gatewayPeers(),
        },
        inside,
      ),
      customResource<IAuthorizationPolicy>(
        `${name}-callers`,
        { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata, spec: gatewayCallers(context) },
        inside,
      ),
      customResource<ISidecar>(
        `${name}-view`,
        { apiVersion: 'networking.istio.io/v1', kind: 'Sidecar', metadata, spec: gatewayView(context) },
        inside,
      ),
    ];
  }

  private makeBalancer(name: string, { after, context }: GatewayArgs): Service {
    const { clients, made } = context.cloud.balancer();
    const port = (portName: string, number: number) => ({
      name: portName,
      port: number,
      targetPort: number,
      protocol: 'TCP',
      appProtocol: 'https',
    });
    const asked = made.by === 'cluster';
    const service = new Service(
      name,
      {
        metadata: { ...this.metadata(context, gatewayWord), annotations: asked ? { ...made.annotations } : {} },
        spec: {
          ...(asked
            ? {
                type: 'LoadBalancer',
                externalTrafficPolicy: 'Local',
                // The balancer hands packets on as they came, so no port of the nodes is needed.
                allocateLoadBalancerNodePorts: false,
                loadBalancerSourceRanges: [...clients],
              }
            : { type: 'ClusterIP' }),
          selector: gatewaySelector(),
          ports: [port('https', gatewayPort), port('https-status', gatewayStatusPort)],
        },
      },
      // It has an address once its pods answer, and those come later.
      { ...this.inside(after), ...(asked ? { customTimeouts: { create: '10m' } } : {}) },
    );
    if (made.by === 'cloud') this.bind(name, context, made.targetGroup, service);
    return service;
  }

  /** Fills the targets of a balancer that stands already, by the pods' own addresses. */
  private bind(name: string, context: ClusterContext, targetGroupARN: string, service: Service): void {
    customResource<ITargetGroupBinding>(
      `${name}-targets`,
      {
        apiVersion: 'eks.amazonaws.com/v1',
        kind: 'TargetGroupBinding',
        metadata: this.metadata(context, gatewayWord),
        spec: { targetGroupARN, targetType: 'ip', serviceRef: { name: gatewayWord, port: gatewayPort } },
      },
      this.inside([service]),
    );
  }

  private scale(name: string, context: ClusterContext): void {
    const spec = gatewayScaling(context);
    if (spec === undefined) return;
    customResource<IScaledObject>(
      `${name}-scaling`,
      { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: this.metadata(context, gatewayWord), spec },
      { parent: this, dependsOn: [this.release] },
    );
  }
}
