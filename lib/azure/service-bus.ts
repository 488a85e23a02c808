import { ServicebusNamespace } from '@cdktf/provider-azurerm/lib/servicebus-namespace';
import { Construct } from 'constructs';
import type { DataClass } from '../platform/nouns/scalars';
import type { Copies } from '../platform/nouns/site';
import { raiseAlerts, type AlertTable } from './alert-table';
import { AzapiUpdate } from './azapi';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { raiseHealthAlert } from './health-alert';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { messagingUnits, scaleServiceBus } from './service-bus-scaling';

export interface ServiceBusProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  /** The most sensitive data that any message holds. */
  readonly dataClass: DataClass;
  /** Where messages are copied. @default - nowhere */
  readonly copies?: Copies | undefined;
  /** Whether services of Azure that it trusts send to queues here, as identities with a role. @default false */
  readonly toldByAzure?: boolean;
}

/** What the alerts of everything in the namespace have in common. */
export const serviceBusMetrics = 'Microsoft.ServiceBus/namespaces';

const runbook = 'azure-queue';

const alerts: AlertTable = {
  CpuHigh: {
    metricName: 'NamespaceCpuUsage',
    // Azure takes no other of this figure, so that the busiest minute counts.
    aggregation: 'Maximum',
    threshold: 95,
    windowMinutes: 15,
    severity: 2,
    description: 'Service Bus was 95% busy within a quarter of an hour, with the messaging units that it may have.',
    runbook,
  },
  MemoryHigh: {
    metricName: 'NamespaceMemoryUsage',
    aggregation: 'Maximum',
    threshold: 80,
    windowMinutes: 15,
    description: 'Service Bus has used 80% of its memory: messages are not taken away.',
    runbook,
  },
  Throttled: {
    metricName: 'ThrottledRequests',
    aggregation: 'Total',
    threshold: 10,
    description: 'Service Bus refuses requests because there are too many of them.',
    runbook,
  },
  ServerErrors: {
    metricName: 'ServerErrors',
    aggregation: 'Total',
    threshold: 10,
    description: 'Service Bus fails requests by its own fault.',
    runbook,
  },
};

/** Copies are this far behind, as a share of what is allowed, when somebody is called. */
const lagShare = 0.5;

/** The least lag at which somebody is called, in seconds: where none is allowed, Service Bus itself waits. */
const leastLagSeconds = 60;

/** When somebody is called for copies of messages, by a site from which or to which they are copied. */
export const copyAlerts = ({ messagesLagSeconds, region }: Copies): AlertTable => ({
  CopiesBehind: {
    metricName: 'ReplicationLagDuration',
    aggregation: 'Maximum',
    threshold: Math.max(leastLagSeconds, messagesLagSeconds * lagShare),
    windowMinutes: 15,
    description: `Copies of messages in ${region} are behind. At ${messagesLagSeconds} s senders are refused.`,
    runbook: 'azure-region',
  },
});

/**
 * Copies of messages in the terms of Azure's own interface: the data itself, and not only names of queues, as a pairing of two
 * namespaces would. Either region can be made the one that leads; clients go on with the same name.
 */
export const copySettings = (location: string, { messagesLagSeconds, region }: Copies) => ({
  geoDataReplication: {
    maxReplicationLagDurationInSeconds: messagesLagSeconds,
    locations: [
      { locationName: location, roleType: 'Primary' },
      { locationName: region, roleType: 'Secondary' },
    ],
  },
});

/**
 * Where queues and topics of a site stand: in all zones of the region, on processors of its own, reached from the network by
 * identities alone.
 */
export class ServiceBus extends Construct {
  public readonly namespace: ServicebusNamespace;

  public constructor(scope: Construct, id: string, props: ServiceBusProps) {
    super(scope, id);
    const { copies, dataClass, encryption, monitoring, network, place, toldByAzure = false } = props;
    const { tags, ...where } = placed(place);
    this.namespace = new ServicebusNamespace(this, 'Namespace', {
      ...where,
      tags: { ...tags, 'data-class': dataClass },
      name: nameIn(place, 'service-bus'),
      sku: 'Premium',
      capacity: messagingUnits.least,
      premiumMessagingPartitions: 1,
      localAuthEnabled: false,
      minimumTlsVersion: '1.2',
      publicNetworkAccessEnabled: false,
      // They come from networks of Azure's own, by the one way that is open to them: Event Grid cannot come by a private one.
      ...(toldByAzure
        ? {
            networkRuleSet: {
              defaultAction: 'Deny',
              publicNetworkAccessEnabled: false,
              trustedServicesAllowed: true,
            },
          }
        : {}),
      identity: { type: 'UserAssigned', identityIds: [encryption.identity.id] },
      customerManagedKey: {
        keyVaultKeyId: encryption.keyIds.messaging,
        identityId: encryption.identity.id,
        infrastructureEncryptionEnabled: true,
      },
    });
    keep(this.namespace, { ignoreChanges: ['capacity'] });
    scaleServiceBus(this, 'Scaling', { place, namespace: this.namespace });
    const watched = { place, monitoring, targetId: this.namespace.id };
    privateEndpoint(this, 'Endpoint', {
      place,
      network,
      name: 'messaging',
      targetId: this.namespace.id,
      service: 'service-bus',
    });
    sendDiagnostics(this, { id: this.namespace.id, monitoring });
    raiseAlerts(this, { ...watched, name: 'service-bus', metricNamespace: serviceBusMetrics }, alerts);
    if (copies !== undefined) {
      new AzapiUpdate(this, 'Copies', {
        place,
        type: 'Microsoft.ServiceBus/namespaces@2024-01-01',
        resourceId: this.namespace.id,
        body: { properties: copySettings(place.location, copies) },
      });
      raiseAlerts(this, { ...watched, name: 'service-bus', metricNamespace: serviceBusMetrics }, copyAlerts(copies));
    }
    raiseHealthAlert(this, 'Unhealthy', {
      ...watched,
      name: 'service-bus-unhealthy',
      description: 'Azure finds Service Bus unavailable or degraded.',
      runbook,
    });
  }
}
