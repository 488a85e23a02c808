import { BigqueryTable } from '@cdktf/provider-google/lib/bigquery-table';
import type { BigqueryDataset } from '@cdktf/provider-google/lib/bigquery-dataset';
import { BigqueryTableIamMember } from '@cdktf/provider-google/lib/bigquery-table-iam-member';
import { PubsubSchema } from '@cdktf/provider-google/lib/pubsub-schema';
import { PubsubSubscription } from '@cdktf/provider-google/lib/pubsub-subscription';
import { PubsubSubscriptionIamMember } from '@cdktf/provider-google/lib/pubsub-subscription-iam-member';
import { PubsubTopic, type PubsubTopicConfig } from '@cdktf/provider-google/lib/pubsub-topic';
import { PubsubTopicIamMember } from '@cdktf/provider-google/lib/pubsub-topic-iam-member';
import type { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { sqlWord, warehouseTopic } from '../platform/google';
import { pascalCase } from '../platform/ids';
import type { Warehouse, WarehouseTable } from '../platform/nouns/warehouse';
import { raiseAlert } from './alert';
import { keep } from './keep';
import { labelled, pubsubAgent, type Shared } from './place';
import { eventSchema, tableSettings } from './table-settings';

export interface StreamProps extends Shared {
  /** Name of the warehouse. */
  readonly warehouse: string;
  readonly spec: Pick<Warehouse, 'dataClass' | 'maxAgeSeconds' | 'maxReceives' | 'replayDays'>;
  /** Name of the table. */
  readonly name: string;
  readonly table: WarehouseTable;
  readonly dataset: BigqueryDataset;
  /** As whom rows are written. */
  readonly writer: ServiceAccount;
  /** Services that write events, as Google names them, by name. */
  readonly feeders: Readonly<Record<string, string>>;
  /** What must be there before an event is delivered. */
  readonly before: readonly ITerraformDependable[];
}

const days = 24 * 3600;

/** A topic keeps what it is told encrypted, in its region, for as long as somebody may want it again. */
export const topicSettings = (
  { key, place }: Pick<Shared, 'key' | 'place'>,
  { dataClass, replayDays }: Pick<Warehouse, 'dataClass' | 'replayDays'>,
): Omit<PubsubTopicConfig, 'name'> => ({
  project: place.project,
  kmsKeyName: key.id,
  labels: labelled(place, dataClass),
  messageRetentionDuration: `${replayDays * days}s`,
  // Not even on its way is an event anywhere else.
  messageStoragePolicy: { allowedPersistenceRegions: [place.location], enforceInTransit: true },
});

/** A table and the topic that fills it: an event becomes a row without a program between. What no table takes is a dead letter. */
export class Stream extends Construct {
  public readonly table: BigqueryTable;
  public readonly topic: PubsubTopic;
  public readonly subscription: PubsubSubscription;
  /** Keeps events that the table did not take until somebody has looked at them. */
  public readonly deadLetters: PubsubSubscription;

  public constructor(scope: Construct, id: string, props: StreamProps) {
    super(scope, id);
    const { before, dataset, feeders, key, name, place, spec, table, warehouse, writer } = props;
    const { project } = place;
    const topicName = warehouseTopic(warehouse, name);
    this.table = new BigqueryTable(this, 'Table', {
      ...tableSettings(table),
      project,
      datasetId: dataset.datasetId,
      tableId: sqlWord(name),
      deletionProtection: place.isProtected,
      encryptionConfiguration: { kmsKeyName: key.id },
      labels: labelled(place, spec.dataClass),
    });
    keep(this.table);
    const writes = this.letWrite(writer, dataset);
    const schema = new PubsubSchema(this, 'Schema', {
      project,
      name: topicName,
      type: 'AVRO',
      definition: JSON.stringify(eventSchema(sqlWord(name), table)),
    });
    this.topic = new PubsubTopic(this, 'Topic', {
      ...topicSettings(props, spec),
      name: topicName,
      schemaSettings: { schema: schema.id, encoding: 'JSON' },
      dependsOn: [...before],
    });
    keep(this.topic);
    const deadTopic = new PubsubTopic(this, 'DeadLetters', {
      ...topicSettings(props, spec),
      name: `${topicName}-dead-letters`,
      dependsOn: [...before],
    });
    keep(deadTopic);
    this.deadLetters = new PubsubSubscription(this, 'KeptDeadLetters', {
      ...this.subscriptionOf(deadTopic, props),
    });
    keep(this.deadLetters);
    const mayBury = new PubsubTopicIamMember(this, 'BuriesDeadLetters', {
      project,
      topic: deadTopic.name,
      role: 'roles/pubsub.publisher',
      member: pubsubAgent(place),
    });
    this.subscription = new PubsubSubscription(this, 'Delivery', {
      ...this.subscriptionOf(this.topic, props),
      bigqueryConfig: {
        table: `${project}.${dataset.datasetId}.${this.table.tableId}`,
        useTopicSchema: true,
        writeMetadata: true,
        serviceAccountEmail: writer.email,
      },
      deadLetterPolicy: { deadLetterTopic: deadTopic.id, maxDeliveryAttempts: spec.maxReceives },
      retryPolicy: { minimumBackoff: '10s', maximumBackoff: '600s' },
      dependsOn: [writes, mayBury, ...before],
    });
    keep(this.subscription);
    new PubsubSubscriptionIamMember(this, 'TakesDeadLetters', {
      project,
      subscription: this.subscription.name,
      role: 'roles/pubsub.subscriber',
      member: pubsubAgent(place),
    });
    for (const [service, member] of Object.entries(feeders)) {
      new PubsubTopicIamMember(this, `${pascalCase(service)}Feeds`, {
        project,
        topic: this.topic.name,
        role: 'roles/pubsub.publisher',
        member,
      });
    }
    this.watch(props);
  }

  private letWrite(writer: ServiceAccount, { datasetId, project }: BigqueryDataset): BigqueryTableIamMember {
    return new BigqueryTableIamMember(this, 'WriterWrites', {
      project,
      datasetId,
      tableId: this.table.tableId,
      role: 'roles/bigquery.dataEditor',
      member: writer.member,
    });
  }

  /** A subscription that is never given up, and keeps what is not acknowledged. */
  private subscriptionOf({ name, project }: PubsubTopic, { place, spec }: StreamProps) {
    return {
      project,
      name,
      topic: name,
      labels: labelled(place, spec.dataClass),
      messageRetentionDuration: `${spec.replayDays * days}s`,
      expirationPolicy: { ttl: '' },
    };
  }

  private watch(props: StreamProps): void {
    const { name, spec, warehouse } = props;
    const topic = warehouseTopic(warehouse, name);
    const about = `table ${name} of warehouse ${warehouse}`;
    raiseAlert(this, 'DeadLettersAlert', props, {
      metric: 'num_undelivered_messages',
      subscription: `${topic}-dead-letters`,
      aligner: 'ALIGN_MAX',
      threshold: 0,
      description: `Events are dead letters: ${about} did not take them in ${spec.maxReceives} tries.`,
    });
    raiseAlert(this, 'LateAlert', props, {
      metric: 'oldest_unacked_message_age',
      subscription: topic,
      aligner: 'ALIGN_MAX',
      threshold: spec.maxAgeSeconds,
      description: `Events have waited longer than ${spec.maxAgeSeconds} s to be rows of ${about}.`,
    });
    raiseAlert(this, 'RefusedAlert', props, {
      metric: 'push_request_count',
      subscription: topic,
      filter: 'metric.labels.response_class != "ack"',
      aligner: 'ALIGN_SUM',
      threshold: 0,
      seconds: 300,
      description: `BigQuery has refused events for ${about} for five minutes.`,
    });
  }
}
