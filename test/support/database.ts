import type { Template } from 'aws-cdk-lib/assertions';
import { Backup } from '../../lib/aws/backup';
import { Database, type DatabaseProps } from '../../lib/aws/database';
import type { Topology } from '../../lib/aws/database-sizes';
import { postgres } from '../../lib/platform/nouns/database';
import { surroundings, templateOf, testStack } from './aws';

export interface DatabaseInput extends Partial<
  Pick<DatabaseProps, 'endpoints' | 'protected' | 'recoveryPointMinutes' | 'replicated'>
> {
  readonly spec?: object;
}

/** A database as RetailFlow's production has it, in a topology, with backups beside it. */
export function buildDatabase(topology: Topology, { spec = {}, ...props }: DatabaseInput = {}) {
  const stack = testStack();
  const { alarms, key, vpc } = surroundings(stack);
  const database = new Database(stack, 'Store', {
    name: 'store',
    prefix: 'retailflow-production',
    spec: postgres.parse({ engine: 'postgres', topology, capacity: { vcpu: 4, memoryGiB: 32 }, ...spec }),
    vpc,
    key,
    logsKey: key,
    secretsKey: key,
    alarms,
    protected: true,
    logDays: 365,
    replicated: true,
    recoveryPointMinutes: 1,
    endpoints: [],
    ...props,
  });
  new Backup(stack, 'Backup', {
    key,
    resources: [database.backedUp],
    databaseRetentionDays: 35,
    protected: true,
    alarms,
  });
  return { stack, database };
}

const templates = new Map<Topology, Template>();

/** The template of {@link buildDatabase} without changes. */
export function templateFor(topology: Topology): Template {
  const template = templates.get(topology) ?? templateOf(buildDatabase(topology).stack);
  templates.set(topology, template);
  return template;
}

/** Resources of a type by logical id. */
export const resourcesOf = (template: Template, type: string) => Object.entries(template.findResources(type));
/** Properties of every resource of a type. */
export const propertiesOf = (template: Template, type: string) =>
  resourcesOf(template, type).map(([, { Properties }]) => Properties);
