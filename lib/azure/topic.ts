import { ServicebusSubscription } from '@cdktf/provider-azurerm/lib/servicebus-subscription';
import { ServicebusTopic, type ServicebusTopicConfig } from '@cdktf/provider-azurerm/lib/servicebus-topic';
import { Construct } from 'constructs';
import type { Topic as Model } from '../platform/nouns/messaging';
import { raiseAlerts } from './alert-table';
import type { Capability, Use } from './capability';
import type { Monitoring } from './diagnostics';
import { isoDuration } from './duration';
import { pascalCase } from '../platform/ids';
import { keep } from './keep';
import type { Place } from './place';
import type { Queue } from './queue';
import { duplicateSeconds, largestMb } from './queue-settings';
import { assignRole, type Identity } from './role';
import { serviceBusMetrics, type ServiceBus } from './service-bus';

export interface TopicProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  readonly serviceBus: ServiceBus;
  /** Name of the part, which the topic has as well. */
  readonly name: string;
  readonly spec: Model;
  /** Queues by name, among them every subscriber. */
  readonly queues: Readonly<Record<string, Queue>>;
}

/** For so long a message waits for a queue that cannot take it, in seconds: 14 days, as on the other site. */
const undeliveredSeconds = 14 * 24 * 3600;

/** How often a message is tried on a queue before it is a dead letter of the subscription. */
const deliveries = 10;

/** A topic of the model in the terms of Service Bus. */
export const topicSettings = ({ fifo }: Pick<Model, 'fifo'>): Omit<ServicebusTopicConfig, 'name' | 'namespaceId'> => ({
  defaultMessageTtl: isoDuration(undeliveredSeconds),
  maxSizeInMegabytes: largestMb,
  supportOrdering: fifo,
  requiresDuplicateDetection: fifo,
  ...(fifo ? { duplicateDetectionHistoryTimeWindow: isoDuration(duplicateSeconds) } : {}),
});

/** A topic whose every message goes to every subscribed queue. What cannot be delivered is a dead letter of the subscription. */
export class Topic extends Construct implements Capability {
  public readonly topic: ServicebusTopic;
  /** By subscriber. */
  public readonly subscriptions: Readonly<Record<string, ServicebusSubscription>>;

  public constructor(scope: Construct, id: string, props: TopicProps) {
    super(scope, id);
    const { monitoring, name, place, serviceBus, spec } = props;
    const targetId = serviceBus.namespace.id;
    this.topic = new ServicebusTopic(this, 'Topic', { ...topicSettings(spec), namespaceId: targetId, name });
    keep(this.topic);
    this.subscriptions = Object.fromEntries(
      spec.subscribers.map((subscriber) => [subscriber, this.subscribe(subscriber, props)]),
    );
    raiseAlerts(
      this,
      { place, monitoring, targetId, name: `topic-${name}`, metricNamespace: serviceBusMetrics },
      {
        Undelivered: {
          metricName: 'DeadletteredMessages',
          aggregation: 'Maximum',
          threshold: 1,
          dimensions: { EntityName: [name] },
          description: `Messages of topic ${name} could not be delivered to a queue.`,
          runbook: 'azure-queue',
        },
      },
    );
  }

  public grant(scope: Construct, identity: Identity, { kind, service }: Use): void {
    if (kind !== 'publishes') throw new Error(`${this.node.path} answers to publishes, got ${kind}`);
    assignRole(scope, pascalCase(`${service}-${kind}`), {
      principalId: identity.principalId,
      role: 'Azure Service Bus Data Sender',
      scopeId: this.topic.id,
    });
  }

  private subscribe(subscriber: string, { name, queues }: TopicProps): ServicebusSubscription {
    const queue = queues[subscriber];
    if (queue === undefined) throw new Error(`topics.${name}.subscribers names ${subscriber}, which is no queue here`);
    const subscription = new ServicebusSubscription(this, pascalCase(subscriber), {
      topicId: this.topic.id,
      name: subscriber,
      forwardTo: queue.queue.name,
      maxDeliveryCount: deliveries,
      defaultMessageTtl: isoDuration(undeliveredSeconds),
      deadLetteringOnMessageExpiration: true,
      deadLetteringOnFilterEvaluationError: true,
    });
    keep(subscription);
    return subscription;
  }
}
