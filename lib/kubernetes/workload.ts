import { Deployment } from '@pulumi/kubernetes/apps/v1/deployment';
import type { CustomResourceOptions, Resource } from '@pulumi/pulumi';
import type { Service } from '../platform/nouns/service';
import { customResource } from './custom-resource';
import type { IRollout } from './custom-types';
import { podSelector, servicePod, type PodInput } from './pod';
import { releaseStrategy, rollingUpdate } from './release';
import type { Release } from '../platform/nouns/release';
import { workloadReference } from './workload-reference';

/** Versions that can be gone back to. */
const revisionHistoryLimit = 3;

/** Time to place a pod and fetch its image, in seconds: a node may have to be added first. */
const placementSeconds = 600;

/** How long a version may make no progress before its release has failed, in seconds. */
export const progressSeconds = ({ startSeconds }: Pick<Service['health'], 'startSeconds'>): number =>
  placementSeconds + startSeconds;

/** How many pods there are is not said: whoever scales them says it. */
const common = ({ service, spec }: Pick<PodInput, 'service' | 'spec'>) => ({
  selector: { matchLabels: podSelector(service, 'service') },
  revisionHistoryLimit,
  progressDeadlineSeconds: progressSeconds(spec.health),
});

/** A Deployment for plain releases, as Kubernetes has it. */
export const deploymentSpec = (input: PodInput) => ({
  ...common(input),
  strategy: { type: 'RollingUpdate', rollingUpdate },
  template: servicePod(input, 'pod-template-hash'),
});

/** A Rollout for releases that are judged, as Argo has it. */
export const rolloutSpec = (input: PodInput, release: Exclude<Release, { kind: 'rolling' }>): IRollout['spec'] => ({
  ...common(input),
  progressDeadlineAbort: true,
  // The way back to one of these takes no steps.
  rollbackWindow: { revisions: revisionHistoryLimit },
  strategy: releaseStrategy(release, input.service, input.spec.scale),
  template: servicePod(input, 'rollouts-pod-template-hash'),
});

/** Registers what runs a service's pods. */
export function workload(
  name: string,
  {
    input,
    metadata,
    release,
  }: {
    readonly input: PodInput;
    readonly release: Release;
    readonly metadata: {
      readonly name: string;
      readonly namespace: string;
      readonly labels: Record<string, string>;
      readonly annotations: Record<string, string>;
    };
  },
  options: CustomResourceOptions,
): Resource {
  if (release.kind === 'rolling') return new Deployment(name, { metadata, spec: deploymentSpec(input) }, options);
  const { apiVersion, kind } = workloadReference(input.service, release);
  return customResource<IRollout>(
    name,
    {
      apiVersion: apiVersion as 'argoproj.io/v1alpha1',
      kind: kind as 'Rollout',
      metadata,
      spec: rolloutSpec(input, release),
    },
    options,
  );
}
