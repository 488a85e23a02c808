import { eventSchema, tableSchema, tableSettings } from '../../lib/google/table-settings';
import { warehouseTable } from '../../lib/platform/nouns/warehouse';

const table = warehouseTable.parse({
  partitionBy: 'at',
  clusterBy: ['kind'],
  keepDays: 90,
  columns: {
    at: { type: 'timestamp', description: 'When it was' },
    kind: { type: 'string', description: 'What it was' },
    amount: { type: 'number', required: false, description: 'How much it was' },
    detail: { type: 'json', required: false, description: 'What else is known' },
  },
});

test('a table has the columns of its events, and what says how a row was delivered', () => {
  expect(tableSchema(table).map(({ mode, name, type }) => `${name} ${type} ${mode}`)).toEqual([
    'at TIMESTAMP REQUIRED',
    'kind STRING REQUIRED',
    'amount FLOAT NULLABLE',
    'detail JSON NULLABLE',
    'subscription_name STRING NULLABLE',
    'message_id STRING NULLABLE',
    'publish_time TIMESTAMP NULLABLE',
    'attributes JSON NULLABLE',
  ]);
});

test('an event has the same columns, and may leave out what is not required', () => {
  expect(eventSchema('clicks', table)).toEqual({
    type: 'record',
    name: 'clicks',
    fields: [
      { name: 'at', type: 'string', doc: 'When it was' },
      { name: 'kind', type: 'string', doc: 'What it was' },
      { name: 'amount', type: ['null', 'double'], default: null, doc: 'How much it was' },
      { name: 'detail', type: ['null', 'string'], default: null, doc: 'What else is known' },
    ],
  });
});

test.each([
  ['string', 'STRING', 'string'],
  ['integer', 'INTEGER', 'long'],
  ['number', 'FLOAT', 'double'],
  ['boolean', 'BOOLEAN', 'boolean'],
  ['timestamp', 'TIMESTAMP', 'string'],
  ['date', 'DATE', 'string'],
  ['json', 'JSON', 'string'],
] as const)('a column of type %s is %s in a table and %s in an event', (type, row, event) => {
  const columns = { value: { type, required: true, description: 'Some value' } };
  expect(tableSchema({ columns })[0]).toMatchObject({ name: 'value', type: row });
  expect(eventSchema('x', { columns }).fields[0]).toMatchObject({ name: 'value', type: event });
});

test('rows leave after their days, and whoever asks says which days', () => {
  expect(tableSettings(table)).toMatchObject({
    timePartitioning: { type: 'DAY', field: 'at', expirationMs: 7_776_000_000 },
    requirePartitionFilter: true,
    clustering: ['kind'],
  });
  expect(tableSettings({ ...table, clusterBy: [] })).not.toHaveProperty('clustering');
});
