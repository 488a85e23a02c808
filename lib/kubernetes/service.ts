import { Service as KubernetesService } from '@pulumi/kubernetes/core/v1/service';
import { PodDisruptionBudget } from '@pulumi/kubernetes/policy/v1/podDisruptionBudget';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import { isPooled } from '../platform/gateway/pools';
import { kubernetesNamespace } from '../platform/names';
import { movesWeights, type Release } from '../platform/nouns/release';
import type { Service as Model } from '../platform/nouns/service';
import { analysisMetrics, analysisArgs, analysisName } from './analysis';
import type { ClusterContext } from './context';
import { customResource } from './custom-resource';
import type { IAnalysisTemplate, IDestinationRule, IRollout, IVirtualService } from './custom-types';
import { labelsOf } from './labels';
import { hasTraffic } from '../platform/ending';
import { podSelector } from './pod';
import { previewService, releaseOn } from './release';
import { weightsName, weightsTemplate } from './release-weights';
import { destinationRule, virtualService } from './routes';
import type { ServiceImage } from './service-image';
import { syncWave } from './sync-wave';
import { workload } from './workload';

export interface ServiceArgs {
  readonly context: ClusterContext;
  /** Name of the service. */
  readonly service: string;
  readonly spec: Model;
  readonly image: ServiceImage;
  /** What its process needs when it starts: its account and secrets, its ways through the network, its tables. */
  readonly before: readonly Resource[];
}

/**
 * How many pods of a service may be away for an upgrade of their nodes: a quarter, and always one, so that no service holds up
 * an upgrade. A pod that is not ready may always go.
 */
export const disruptionBudget = (service: string) => ({
  maxUnavailable: '25%',
  unhealthyPodEvictionPolicy: 'AlwaysAllow',
  selector: { matchLabels: podSelector(service, 'service') },
});

/** How a service is found inside the cluster. */
export const serviceSpec = (service: string, { port, protocol }: Pick<Model, 'port' | 'protocol'>) => ({
  type: 'ClusterIP',
  selector: podSelector(service, 'service'),
  ports: [{ name: protocol, port, targetPort: protocol, protocol: 'TCP', appProtocol: protocol }],
});

/**
 * A service of the platform: its pods, how they are found and replaced, and how many may be away. What may reach it, what it
 * reaches, how many pods there are and what they are told in secret are nouns of their own.
 */
export class Service extends ComponentResource {
  public readonly workload: Resource;

  public constructor(name: string, args: ServiceArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:Service', name, {}, opts);
    const { before, context, image, service, spec } = args;
    const { platform } = context;
    const release = releaseOn(platform, context.siteName, service);
    const metadata = {
      namespace: kubernetesNamespace(platform, service),
      labels: labelsOf({ platform, name: service, team: spec.team }),
    };
    const ways = [...this.services(name, args, release, metadata), ...this.routes(name, args, release, metadata)];
    const judge = [this.analysis(name, args, release, metadata), ...this.weights(name, args, metadata)];
    this.workload = customResource<IRollout>(
      name,
      workload({ context, service, spec, image }, release, {
        ...metadata,
        name: service,
        annotations: syncWave(platform, 'workload'),
      }),
      { parent: this, dependsOn: [...ways, ...judge, ...before] },
    );
    new PodDisruptionBudget(
      name,
      { metadata: { ...metadata, name: service }, spec: disruptionBudget(service) },
      { parent: this, dependsOn: [this.workload] },
    );
    this.registerOutputs({});
  }

  /** How the service's pods are found; those of a new version also by themselves, where all traffic moves at once. */
  private services(name: string, { service, spec }: ServiceArgs, { kind }: Release, metadata: Metadata): Resource[] {
    const names = kind === 'blue-green' ? [service, previewService(service)] : [service];
    return names.map(
      (each, index) =>
        new KubernetesService(
          index === 0 ? name : `${name}-preview`,
          { metadata: { ...metadata, name: each }, spec: serviceSpec(service, spec) },
          // A release adds the label of a version.
          { parent: this, ...(kind === 'blue-green' ? { ignoreChanges: ['spec.selector'] } : {}) },
        ),
    );
  }

  /** How requests go to the service, if there are any. */
  private routes(name: string, args: ServiceArgs, release: Release, metadata: Metadata): Resource[] {
    const { context, service, spec } = args;
    const split = movesWeights(release);
    if (!split && !hasTraffic(context.platform, service)) return [];
    const pooled = isPooled(context.platform, context.siteName, service);
    const input = { platform: context.platform, service, spec, split, pooled };
    // While a release moves them, weights and subsets are its own.
    const moved = (...paths: string[]) => ({ parent: this, ...(split ? { ignoreChanges: paths } : {}) });
    return [
      customResource<IVirtualService>(
        name,
        {
          apiVersion: 'networking.istio.io/v1',
          kind: 'VirtualService',
          metadata: { ...metadata, name: service },
          spec: virtualService(input),
        },
        // A release adds a route, too, where the gateway says which version is meant.
        moved(pooled ? 'spec.http' : 'spec.http[*].route[*].weight'),
      ),
      customResource<IDestinationRule>(
        name,
        {
          apiVersion: 'networking.istio.io/v1',
          kind: 'DestinationRule',
          metadata: { ...metadata, name: service },
          spec: destinationRule(input),
        },
        moved('spec.subsets'),
      ),
    ];
  }

  /** How releases are judged. */
  private analysis(name: string, args: ServiceArgs, release: Release, metadata: Metadata): Resource {
    const { context, service, spec } = args;
    return customResource<IAnalysisTemplate>(
      `${name}-release`,
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AnalysisTemplate',
        metadata: { ...metadata, name: analysisName },
        spec: {
          args: analysisArgs.map((each) => ({ name: each.name })),
          metrics: analysisMetrics({
            platform: context.platform,
            service,
            protocol: spec.protocol,
            rollback: release.rollback,
            ...(release.kind === 'blue-green' ? { minutes: release.bakeMinutes } : {}),
          }),
        },
      },
      { parent: this },
    );
  }

  /** How releases move the weights of the gateway, where they do. */
  private weights(name: string, { context, service }: ServiceArgs, metadata: Metadata): readonly Resource[] {
    if (!isPooled(context.platform, context.siteName, service)) return [];
    return [
      customResource<IAnalysisTemplate>(
        `${name}-weights`,
        {
          apiVersion: 'argoproj.io/v1alpha1',
          kind: 'AnalysisTemplate',
          metadata: { ...metadata, name: weightsName },
          spec: weightsTemplate(context, service),
        },
        { parent: this },
      ),
    ];
  }
}

interface Metadata {
  readonly namespace: string;
  readonly labels: Record<string, string>;
}
