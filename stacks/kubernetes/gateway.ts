import type { ComponentResourceOptions, Resource } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { copiedImage } from '../../lib/kubernetes/copied-image';
import { Gateway } from '../../lib/kubernetes/gateway';
import { Limits } from '../../lib/kubernetes/limits';
import { limitsWord } from '../../lib/kubernetes/limits-settings';
import { gatewayOf } from '../../lib/platform/gateway/configuration';
import { gatewayWord } from '../../lib/platform/names';
import { hasGateway } from '../../lib/platform/platform';
import type { PlatformBase } from './layer';

/** The way in to the services of a platform, where it has one: what counts requests, and the gateway. */
export function registerGateway(
  context: ClusterContext,
  { namespaces, systems }: PlatformBase,
  options: ComponentResourceOptions,
): void {
  if (!hasGateway(context.platform, context.siteName)) return;
  const namespace = namespaces[gatewayWord];
  const after: readonly Resource[] = [...(namespace === undefined ? [] : [namespace]), ...Object.values(systems)];
  // API Management counts by itself.
  const limits =
    gatewayOf(context.platform).kind === 'kong'
      ? [new Limits(limitsWord, { context, image: copiedImage(context, 'valkey'), after }, options)]
      : [];
  new Gateway(gatewayWord, { context, after: [...after, ...limits] }, options);
}
