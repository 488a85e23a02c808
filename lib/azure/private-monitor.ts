import { MonitorPrivateLinkScope } from '@cdktf/provider-azurerm/lib/monitor-private-link-scope';
import { MonitorPrivateLinkScopedService } from '@cdktf/provider-azurerm/lib/monitor-private-link-scoped-service';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { nameIn, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { waitFor } from './wait-for';

export interface PrivateMonitorProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  /** Ids of what the network writes to, by name. */
  readonly members: Readonly<Record<string, string>>;
}

/** The way to Azure Monitor, for what stands elsewhere and must be let in. */
export interface MonitorScope {
  readonly name: string;
  readonly resourceGroupName: string;
}

/** Lets one more resource of Azure Monitor be written to from the network. */
export function admitToMonitor(
  scope: Construct,
  to: MonitorScope,
  member: { readonly name: string; readonly id: string },
): MonitorPrivateLinkScopedService {
  return new MonitorPrivateLinkScopedService(scope, pascalCase(member.name), {
    name: member.name,
    resourceGroupName: to.resourceGroupName,
    scopeName: to.name,
    linkedResourceId: member.id,
  });
}

/**
 * The way from a network to Azure Monitor: one endpoint for all of it. What is written from the network can reach the
 * members alone, so that nobody carries logs off into a workspace of their own. A network has one such way at most, since
 * all of Azure Monitor has the same names.
 */
export class PrivateMonitor extends Construct implements MonitorScope {
  public readonly name: string;
  public readonly resourceGroupName: string;

  public constructor(scope: Construct, id: string, props: PrivateMonitorProps) {
    super(scope, id);
    const { members, network, place } = props;
    const { resourceGroupName, tags } = place;
    const linkScope = new MonitorPrivateLinkScope(this, 'Scope', {
      name: nameIn(place, 'private-link-scope'),
      resourceGroupName,
      tags: { ...tags },
      ingestionAccessMode: 'PrivateOnly',
      queryAccessMode: 'Open',
    });
    this.name = linkScope.name;
    this.resourceGroupName = resourceGroupName;
    const admitted = Object.entries(members).map(([name, memberId]) =>
      admitToMonitor(this, this, { name, id: memberId }),
    );
    const endpoint = privateEndpoint(this, 'Endpoint', {
      place,
      network,
      name: 'logs',
      targetId: linkScope.id,
      service: 'monitor',
    });
    // The endpoint takes an address for each member that there is when it is made.
    waitFor(endpoint, admitted);
  }
}
