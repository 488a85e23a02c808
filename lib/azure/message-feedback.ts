import { EventgridSystemTopic } from '@cdktf/provider-azurerm/lib/eventgrid-system-topic';
import { EventgridSystemTopicEventSubscription } from '@cdktf/provider-azurerm/lib/eventgrid-system-topic-event-subscription';
import { Construct } from 'constructs';
import type { Messages as Model } from '../platform/nouns/messages';
import { raiseAlerts, type AlertTable } from './alert-table';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { pascalCase } from '../platform/ids';
import { nameIn, type Place } from './place';
import type { Queue } from './queue';
import { assignRole } from './role';

export interface MessageFeedbackProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Name of the part. */
  readonly name: string;
  readonly spec: Pick<Model, 'email' | 'sms'>;
  /** Id of what sends. */
  readonly serviceId: string;
  /** What is told. */
  readonly queue: Queue;
}

/** Reports of what became of messages, by channel, and what in them says that one did not arrive. */
const reports = {
  email: {
    type: 'Microsoft.Communication.EmailDeliveryReportReceived',
    key: 'data.status',
    arrived: ['Delivered', 'Expanded', 'OutForDelivery'],
  },
  sms: {
    type: 'Microsoft.Communication.SMSDeliveryReportReceived',
    key: 'data.deliveryStatus',
    arrived: ['Delivered'],
  },
} as const;

const channels = ['email', 'sms'] as const;

const alerts: AlertTable = {
  Dropped: {
    metricName: 'DroppedEventCount',
    aggregation: 'Total',
    threshold: 1,
    description: 'What did not arrive of messages could not be told to its queue, and is lost.',
    runbook: 'messages',
  },
};

/**
 * Tells a queue what did not arrive, as Event Grid has it. It comes as an identity of its own, for a day if it must; what it
 * cannot tell by then is dropped, and calls somebody.
 */
export class MessageFeedback extends Construct {
  public readonly topic: EventgridSystemTopic;

  public constructor(scope: Construct, id: string, props: MessageFeedbackProps) {
    super(scope, id);
    const { monitoring, name, place, queue, serviceId, spec } = props;
    const { resourceGroupName } = place;
    this.topic = new EventgridSystemTopic(this, 'Topic', {
      name: nameIn(place, 'event-topic', name),
      resourceGroupName,
      location: 'global',
      sourceResourceId: serviceId,
      topicType: 'Microsoft.Communication.CommunicationServices',
      identity: { type: 'SystemAssigned' },
      tags: { ...place.tags },
    });
    const mayTell = assignRole(this, 'Tells', {
      principalId: this.topic.identity.principalId,
      role: 'Azure Service Bus Data Sender',
      scopeId: queue.queue.id,
    });
    for (const channel of channels.filter((each) => spec[each] !== undefined)) {
      const { arrived, key, type } = reports[channel];
      new EventgridSystemTopicEventSubscription(this, pascalCase(channel), {
        name: channel,
        systemTopic: this.topic.name,
        resourceGroupName,
        includedEventTypes: [type],
        advancedFilter: { stringNotIn: [{ key, values: [...arrived] }] },
        eventDeliverySchema: 'CloudEventSchemaV1_0',
        serviceBusQueueEndpointId: queue.queue.id,
        deliveryIdentity: { type: 'SystemAssigned' },
        retryPolicy: { eventTimeToLive: 1440, maxDeliveryAttempts: 30 },
        dependsOn: [mayTell],
      });
    }
    sendDiagnostics(this, { id: this.topic.id, monitoring });
    raiseAlerts(
      this,
      {
        place,
        monitoring,
        targetId: this.topic.id,
        name: `messages-${name}-feedback`,
        metricNamespace: 'Microsoft.EventGrid/systemTopics',
      },
      alerts,
    );
  }
}
