import type { ComponentResourceOptions } from '@pulumi/pulumi';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { Nodes } from '../../lib/kubernetes/nodes';
import { registerDelivery } from './delivery';
import { registerFlagRollout } from './flag-rollout';
import { registerGateway } from './gateway';
import type { PlatformBase, PlatformLayer } from './layer';
import { registerKeeper } from './keeper';
import { registerLedgerJobs } from './ledger-jobs';
import { registerLoadTests } from './load-tests';
import { registerMigrations } from './migrations';
import { registerNamespaces } from './namespaces';
import { registerObservability } from './observability';
import { registerSystems } from './systems';

/** What the platform stands on in a cluster: namespaces and their guard rails, systems of others, the gateway, what watches. */
export function registerPlatform(context: ClusterContext, options: ComponentResourceOptions): PlatformLayer {
  for (const [index, nodes] of (context.cloud.nodes ?? []).entries())
    new Nodes(index === 0 ? 'nodes' : `nodes-${nodes.name}`, { context, nodes }, options);
  const base: PlatformBase = {
    namespaces: registerNamespaces(context, options),
    systems: registerSystems(context, options),
  };
  registerObservability(context, base, options);
  const migrations = registerMigrations(context, base, options);
  registerKeeper(context, base, options);
  registerLedgerJobs(context, base, options);
  registerLoadTests(context, base, options);
  registerFlagRollout(context, base, options);
  registerGateway(context, base, options);
  const layer = { ...base, migrations };
  registerDelivery(context, layer, options);
  return layer;
}
