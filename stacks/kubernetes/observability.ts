import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { Observability } from '../../lib/kubernetes/observability';
import { observabilityWord } from '../../lib/platform/names';
import type { PlatformBase } from './layer';

/** What watches a cluster and what runs in it. */
export function registerObservability(
  context: ClusterContext,
  { systems }: PlatformBase,
  options: ComponentResourceOptions,
): void {
  const namespace: Resource | undefined = systems[observabilityWord];
  new Observability(observabilityWord, { context, after: namespace === undefined ? [] : [namespace] }, options);
}
