import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { assertNever } from '../platform/error';
import type { Postgres } from '../platform/nouns/database';
import { replicaIdentifier } from './database-settings';
import { encryptedLogGroup } from './log-group';

/** Names of the log groups to which RDS writes, by construct id. */
export function databaseLogs(
  identifier: string,
  { readReplicas, topology }: Pick<Postgres, 'readReplicas' | 'topology'>,
): Readonly<Record<string, string>> {
  const proxy = { Proxy: `/aws/rds/proxy/${identifier}` };
  switch (topology) {
    case 'aurora':
      return { ...proxy, Postgresql: `/aws/rds/cluster/${identifier}/postgresql` };
    case 'multi-az-cluster':
      return {
        ...proxy,
        Postgresql: `/aws/rds/cluster/${identifier}/postgresql`,
        Upgrade: `/aws/rds/cluster/${identifier}/upgrade`,
      };
    case 'multi-az-instance':
      return {
        ...proxy,
        ...instanceLogs('', identifier),
        ...Object.fromEntries(
          Array.from({ length: readReplicas }, (_, index) => index + 1).flatMap((number) =>
            Object.entries(instanceLogs(`Replica${number}`, replicaIdentifier(identifier, number))),
          ),
        ),
      };
    default:
      return assertNever(topology);
  }
}

const instanceLogs = (id: string, identifier: string) => ({
  [`${id}Postgresql`]: `/aws/rds/instance/${identifier}/postgresql`,
  [`${id}Upgrade`]: `/aws/rds/instance/${identifier}/upgrade`,
});

export interface DatabaseLogsProps {
  /** Names by construct id. */
  readonly names: Readonly<Record<string, string>>;
  readonly key: kms.IKey;
  readonly days: number;
}

/** The log groups of a database, made before it: RDS would make them itself, without encryption and kept for ever. */
export class DatabaseLogs extends Construct {
  public readonly groups: readonly logs.LogGroup[];

  public constructor(scope: Construct, id: string, props: DatabaseLogsProps) {
    super(scope, id);
    const { days, key, names } = props;
    this.groups = Object.entries(names).map(([group, name]) => encryptedLogGroup(this, group, { key, days, name }));
  }
}
