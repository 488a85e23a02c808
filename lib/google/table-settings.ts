import type { BigqueryTableConfig } from '@cdktf/provider-google/lib/bigquery-table';
import type { Column, WarehouseTable } from '../platform/nouns/warehouse';

/** How a type of a column is called by BigQuery, and by Avro in the events that fill it. */
const types: Readonly<Record<Column['type'], { readonly table: string; readonly event: string }>> = {
  string: { table: 'STRING', event: 'string' },
  integer: { table: 'INTEGER', event: 'long' },
  number: { table: 'FLOAT', event: 'double' },
  boolean: { table: 'BOOLEAN', event: 'boolean' },
  // As texts of ISO 8601, which BigQuery reads.
  timestamp: { table: 'TIMESTAMP', event: 'string' },
  date: { table: 'DATE', event: 'string' },
  json: { table: 'JSON', event: 'string' },
};

/** Columns by which a row says where it came from: https://cloud.google.com/pubsub/docs/bigquery#write_metadata */
const delivery = [
  { name: 'subscription_name', type: 'STRING', mode: 'NULLABLE', description: 'Subscription that delivered the event' },
  { name: 'message_id', type: 'STRING', mode: 'NULLABLE', description: 'Id of the event: the same in a repeated row' },
  { name: 'publish_time', type: 'TIMESTAMP', mode: 'NULLABLE', description: 'When the event was taken' },
  { name: 'attributes', type: 'JSON', mode: 'NULLABLE', description: 'What the event said about itself' },
];

/** Columns of a table, those of its delivery last, as BigQuery reads them. */
export const tableSchema = ({ columns }: Pick<WarehouseTable, 'columns'>) => [
  ...Object.entries(columns).map(([name, { description, required, type }]) => ({
    name,
    type: types[type].table,
    mode: required ? 'REQUIRED' : 'NULLABLE',
    description,
  })),
  ...delivery,
];

/** What an event of a table must look like, in the words of Avro. Whoever writes another is refused at once. */
export const eventSchema = (record: string, { columns }: Pick<WarehouseTable, 'columns'>) => ({
  type: 'record',
  name: record,
  fields: Object.entries(columns).map(([name, { description, required, type }]) => {
    const { event } = types[type];
    return required
      ? { name, type: event, doc: description }
      : { name, type: ['null', event], default: null, doc: description };
  }),
});

const milliseconds = 24 * 3600 * 1000;

/** A table of the model in the terms of BigQuery. */
export const tableSettings = (
  spec: WarehouseTable,
): Pick<BigqueryTableConfig, 'clustering' | 'requirePartitionFilter' | 'schema' | 'timePartitioning'> => ({
  schema: JSON.stringify(tableSchema(spec)),
  timePartitioning: { type: 'DAY', field: spec.partitionBy, expirationMs: spec.keepDays * milliseconds },
  // Nobody pays for all days by mistake.
  requirePartitionFilter: true,
  ...(spec.clusterBy.length === 0 ? {} : { clustering: [...spec.clusterBy] }),
});
