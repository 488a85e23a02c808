import { KubernetesFleetManager } from '@cdktf/provider-azurerm/lib/kubernetes-fleet-manager';
import { KubernetesFleetMember } from '@cdktf/provider-azurerm/lib/kubernetes-fleet-member';
import { KubernetesFleetUpdateStrategy } from '@cdktf/provider-azurerm/lib/kubernetes-fleet-update-strategy';
import { UserAssignedIdentity } from '@cdktf/provider-azurerm/lib/user-assigned-identity';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import { AzapiResource } from './azapi';
import type { Monitoring } from './diagnostics';
import { nameIn, placed, type Place } from './place';
import { raiseQueryAlert } from './query-alert';
import { assignRole } from './role';
import { waitFor } from './wait-for';

export interface FleetProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Clusters by the group that they are upgraded in, in the order of the upgrades. */
  readonly clusters: Readonly<Record<string, { readonly id: string }>>;
}

/**
 * The least time for which what was upgraded is looked at before the next cluster is, in seconds: a day. Clusters take upgrades in
 * the night that they have for it, so that it is a week in fact.
 */
export const soakSeconds = 86_400;

/**
 * What is upgraded by itself: versions of Kubernetes, one behind the newest, and images of nodes. All clusters get the same images,
 * those that were tried in the first.
 * https://learn.microsoft.com/azure/kubernetes-fleet/concepts-update-orchestration#understanding-auto-upgrade-profiles
 */
export const upgradeProfiles = {
  kubernetes: { channel: 'Stable', nodeImageSelection: { type: 'Consistent' } },
  'node-images': { channel: 'NodeImage' },
} as const;

/** How many upgrades of a fleet have failed and are still there: one row, whether or not there is any. */
export const failedUpgrades = (fleetId: string): string =>
  [
    'arg("").aksresources',
    "| where type == 'microsoft.containerservice/fleets/updateruns'",
    `| where id startswith '${fleetId}/'`,
    "| where tostring(properties['status']['status']['state']) == 'Failed'",
    '| summarize failed = count()',
  ].join('\n');

/**
 * The clusters of a platform's sites as one fleet: what Azure releases is tried on the cluster that waits, and comes to the one
 * that serves a day later at the earliest. Each cluster has the nights in which it may be changed; an upgrade that fails goes no
 * further. Clusters of a fleet have no channel of their own, which would not wait.
 */
export class Fleet extends Construct {
  public readonly fleet: KubernetesFleetManager;
  public readonly members: readonly KubernetesFleetMember[];
  public readonly strategy: KubernetesFleetUpdateStrategy;

  public constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    const { clusters, place } = props;
    const groups = Object.keys(clusters);
    this.fleet = new KubernetesFleetManager(this, 'Fleet', { ...placed(place), name: nameIn(place, 'fleet') });
    const kubernetesFleetId = this.fleet.id;
    this.members = Object.entries(clusters).map(
      ([group, cluster]) =>
        new KubernetesFleetMember(this, pascalCase(group), {
          kubernetesFleetId,
          kubernetesClusterId: cluster.id,
          name: group,
          group,
        }),
    );
    this.strategy = new KubernetesFleetUpdateStrategy(this, 'Strategy', {
      kubernetesFleetManagerId: this.fleet.id,
      name: 'one-after-the-other',
      stage: groups.map((group, index) => ({
        name: group,
        group: [{ name: group }],
        ...(index === groups.length - 1 ? {} : { afterStageWaitInSeconds: soakSeconds }),
      })),
    });
    waitFor(this.strategy, this.members);
    for (const [name, profile] of Object.entries(upgradeProfiles)) {
      new AzapiResource(this, pascalCase(`${name}-upgrades`), {
        place,
        type: 'Microsoft.ContainerService/fleets/autoUpgradeProfiles@2025-03-01',
        name,
        parentId: this.fleet.id,
        body: { properties: { ...profile, updateStrategyId: this.strategy.id, disabled: false } },
      });
    }
    this.watch(props);
  }

  /** Azure keeps no log of upgrades; it can be asked how they went, as somebody who may read the fleet. */
  private watch({ monitoring, place }: FleetProps): void {
    const identity = new UserAssignedIdentity(this, 'Watcher', {
      ...placed(place),
      name: nameIn(place, 'identity', 'fleet-watcher'),
    });
    const { principalId } = identity;
    const grants = [
      assignRole(this, 'ReadsTheFleet', { principalId, role: 'Reader', scopeId: this.fleet.id }),
      assignRole(this, 'AsksTheWorkspace', {
        principalId,
        role: 'Log Analytics Reader',
        scopeId: monitoring.workspaceId,
      }),
    ];
    const alert = raiseQueryAlert(this, 'UpgradeFailed', {
      place,
      monitoring,
      name: 'fleet-upgrade-failed',
      query: failedUpgrades(this.fleet.id),
      identityId: identity.id,
      measure: 'failed',
      threshold: 0,
      description: 'An upgrade of a cluster failed: it goes no further, and the clusters may have different versions.',
      runbook: 'azure-cluster',
      severity: 2,
    });
    waitFor(alert, grants);
  }
}
