import { ServicebusQueue } from '@cdktf/provider-azurerm/lib/servicebus-queue';
import { Construct } from 'constructs';
import type { Queue as Model } from '../platform/nouns/messaging';
import type { Service } from '../platform/nouns/service';
import { raiseAlerts, type AlertTable } from './alert-table';
import type { Capability, Use } from './capability';
import type { Monitoring } from './diagnostics';
import { pascalCase } from '../platform/ids';
import { keep } from './keep';
import type { Place } from './place';
import { ageWindow, backlogLimit, queueSettings } from './queue-settings';
import { assignRole, type Identity } from './role';
import { serviceBusMetrics, type ServiceBus } from './service-bus';

export interface QueueProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly serviceBus: ServiceBus;
  /** Name of the part, which the queue has as well. */
  readonly name: string;
  readonly spec: Model;
  /** Services that receive from it. */
  readonly consumers: readonly Pick<Service, 'scale'>[];
}

/** Roles by use. */
const roles = { sends: 'Azure Service Bus Data Sender', receives: 'Azure Service Bus Data Receiver' } as const;

const isKind = (kind: string): kind is keyof typeof roles => kind in roles;

const runbook = 'azure-queue';

/**
 * When somebody is called for a queue. Service Bus does not say how old its oldest message is. That none was taken while
 * some waited, for as long as one may wait, says the same; and that more wait than its consumers can work off.
 */
export function queueAlerts(
  name: string,
  { maxAgeSeconds, maxReceives }: Model,
  consumers: readonly Pick<Service, 'scale'>[],
): AlertTable {
  const dimensions = { EntityName: [name] };
  const windowMinutes = ageWindow(maxAgeSeconds);
  const limit = backlogLimit(consumers);
  return {
    DeadLetters: {
      metricName: 'DeadletteredMessages',
      aggregation: 'Maximum',
      threshold: 1,
      dimensions,
      description: `Queue ${name} has dead letters: its consumer failed on them ${maxReceives} times, or nobody came in time.`,
      runbook,
    },
    Stalled: {
      metricName: 'ActiveMessages',
      aggregation: 'Minimum',
      threshold: 1,
      dimensions,
      windowMinutes,
      and: [
        {
          metricName: 'OutgoingMessages',
          aggregation: 'Total',
          operator: 'LessThanOrEqual',
          threshold: 0,
          dimensions,
        },
      ],
      description: `Messages wait in queue ${name}, and nobody took one for ${windowMinutes} min.`,
      runbook,
    },
    Backlog: {
      metricName: 'ActiveMessages',
      aggregation: 'Average',
      threshold: limit,
      dimensions,
      windowMinutes,
      description: `${limit} messages or more wait in queue ${name}: more than all its consumers are meant to have.`,
      runbook,
    },
  };
}

/** A queue with its dead letters, which Service Bus keeps beside it. */
export class Queue extends Construct implements Capability {
  public readonly queue: ServicebusQueue;

  public constructor(scope: Construct, id: string, props: QueueProps) {
    super(scope, id);
    const { consumers, monitoring, name, place, serviceBus, spec } = props;
    const targetId = serviceBus.namespace.id;
    this.queue = new ServicebusQueue(this, 'Queue', { ...queueSettings(spec), namespaceId: targetId, name });
    keep(this.queue);
    raiseAlerts(
      this,
      { place, monitoring, targetId, name: `queue-${name}`, metricNamespace: serviceBusMetrics },
      queueAlerts(name, spec, consumers),
    );
  }

  public grant(scope: Construct, identity: Identity, { kind, service }: Use): void {
    if (!isKind(kind)) throw new Error(`${this.node.path} answers to sends and receives, got ${kind}`);
    assignRole(scope, pascalCase(`${service}-${kind}`), {
      principalId: identity.principalId,
      role: roles[kind],
      scopeId: this.queue.id,
    });
  }
}
