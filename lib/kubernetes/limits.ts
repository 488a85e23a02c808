import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment';
import { Service } from '@pulumi/kubernetes/core/v1/service';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import type { CustomResource } from '@pulumi/kubernetes/apiextensions/customResource';
import { gatewayWord, kubernetesNamespace } from '../platform/names';
import { containerConfinement, podConfinement, resourcesOf, temporaryMount, temporaryVolume } from './confinement';
import type { ClusterContext } from './context';
import { customResource } from './custom-resource';
import type { IAuthorizationPolicy, IExternalSecret, IPassword } from './custom-types';
import { limitsCallers, limitsNetwork } from './gateway-access';
import { gatewaySecrets, limitsFields } from './gateway-values';
import { labelsOf } from './labels';
import { limitsCapacity, limitsCommand, limitsPort, limitsSelector, limitsUser, limitsWord } from './limits-settings';

export interface LimitsArgs {
  readonly context: ClusterContext;
  /** Valkey, by digest. */
  readonly image: string;
  /** What must be there before: the namespace, and who makes secrets. */
  readonly after: readonly Resource[];
}

/** Ours: letters and digits alone, since the password stands in a line of the list of users. */
const password = { length: 48, digits: 12, symbols: 0, noUpper: false, allowRepeat: true } as const;

const portName = 'tcp-limits';

/**
 * Where the gateway's pods count requests together: one Valkey, in memory alone. When it is away, requests pass uncounted, as
 * they do on ECS; a second one would keep counts that are worth nothing a minute later. The gateway logs in with a password that
 * is made in the cluster and known nowhere else, and the mesh encrypts and lets nobody else through.
 */
export class Limits extends ComponentResource {
  public readonly secret: CustomResource;
  public readonly deployment: Deployment;
  public readonly service: Service;

  public constructor(name: string, args: LimitsArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:Limits', name, {}, opts);
    const { after, context, image } = args;
    const { platform } = context;
    const metadata = {
      name: limitsWord,
      namespace: kubernetesNamespace(platform, gatewayWord),
      labels: labelsOf({ platform, name: gatewayWord, component: limitsWord }),
    };
    const inside = { parent: this, dependsOn: [...after] };
    const generator = customResource<IPassword>(
      `${name}-password`,
      { apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password', metadata, spec: password },
      inside,
    );
    this.secret = customResource<IExternalSecret>(
      name,
      { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata, spec: limitsSecret() },
      { parent: this, dependsOn: [generator] },
    );
    const account = new ServiceAccount(name, { metadata, automountServiceAccountToken: false }, inside);
    new NetworkPolicy(name, { metadata, spec: limitsNetwork(context) }, inside);
    customResource<IAuthorizationPolicy>(
      `${name}-callers`,
      { apiVersion: 'security.istio.io/v1', kind: 'AuthorizationPolicy', metadata, spec: limitsCallers(context) },
      inside,
    );
    this.deployment = new Deployment(
      name,
      {
        metadata,
        spec: {
          replicas: 1,
          // Two of them would count apart.
          strategy: { type: 'Recreate' },
          selector: { matchLabels: limitsSelector() },
          template: {
            metadata: { labels: metadata.labels },
            spec: {
              serviceAccountName: limitsWord,
              automountServiceAccountToken: false,
              enableServiceLinks: false,
              nodeSelector: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': context.cloud.architecture },
              securityContext: podConfinement,
              containers: [
                {
                  name: limitsWord,
                  image,
                  command: [...limitsCommand],
                  env: [
                    {
                      name: 'LIMITS_PASSWORD',
                      valueFrom: { secretKeyRef: { name: gatewaySecrets.limits, key: limitsFields.password } },
                    },
                  ],
                  ports: [{ name: portName, containerPort: limitsPort, protocol: 'TCP' }],
                  ...limitsProbes,
                  securityContext: containerConfinement,
                  resources: resourcesOf(limitsCapacity),
                  volumeMounts: [temporaryMount],
                },
              ],
              volumes: [temporaryVolume(limitsCapacity)],
            },
          },
        },
      },
      { parent: this, dependsOn: [...after, account, this.secret] },
    );
    this.service = new Service(
      name,
      {
        metadata,
        spec: {
          selector: limitsSelector(),
          ports: [{ name: portName, port: limitsPort, targetPort: limitsPort, protocol: 'TCP', appProtocol: 'tcp' }],
        },
      },
      inside,
    );
    this.registerOutputs({});
  }
}

/** Whether it takes connections; without a password nobody can ask it for more. */
const limitsProbes = {
  readinessProbe: { tcpSocket: { port: limitsPort }, periodSeconds: 5, timeoutSeconds: 2, failureThreshold: 2 },
  livenessProbe: { tcpSocket: { port: limitsPort }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
};

/** The gateway's user and a password that is made once. Made anew, both the counter and the gateway must start anew. */
export const limitsSecret = (): NonNullable<IExternalSecret['spec']> => ({
  refreshPolicy: 'CreatedOnce',
  target: {
    name: gatewaySecrets.limits,
    creationPolicy: 'Owner',
    template: {
      engineVersion: 'v2',
      data: { [limitsFields.user]: limitsUser, [limitsFields.password]: '{{ .password }}' },
    },
  },
  dataFrom: [
    {
      sourceRef: {
        generatorRef: {
          apiVersion: 'generators.external-secrets.io/v1alpha1',
          kind: 'Password',
          name: limitsWord,
        },
      },
    },
  ],
});
