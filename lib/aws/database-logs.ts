import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Postgres } from '../platform/nouns/database';
import { replicaIdentifier } from './database-settings';
import type { Topology } from './database-sizes';
import { pascalCase } from '../platform/ids';
import { encryptedLogGroup } from './log-group';

/**
 * What each topology sends to CloudWatch Logs: what PostgreSQL says, why a login by IAM was refused, and, where the engine has
 * such a log, what an upgrade did. Source: RDS API reference, `EnableCloudwatchLogsExports`, 2026.
 */
export const logTypes = {
  aurora: ['postgresql', 'iam-db-auth-error'],
  'multi-az-cluster': ['postgresql', 'upgrade', 'iam-db-auth-error'],
  'multi-az-instance': ['postgresql', 'upgrade', 'iam-db-auth-error'],
} as const satisfies Record<Topology, readonly string[]>;

interface LogSource {
  readonly id: string;
  readonly identifier: string;
}

/** Names of the log groups to which RDS writes, by construct id. */
export function databaseLogs(
  identifier: string,
  { readReplicas, topology }: Pick<Postgres, 'readReplicas' | 'topology'>,
): Readonly<Record<string, string>> {
  const alone = topology === 'multi-az-instance';
  const replicas = Array.from({ length: alone ? readReplicas : 0 }, (_, index) => index + 1);
  const sources: readonly LogSource[] = [
    { id: '', identifier },
    ...replicas.map((number) => ({ id: `Replica${number}`, identifier: replicaIdentifier(identifier, number) })),
  ];
  const kind = alone ? 'instance' : 'cluster';
  return {
    Proxy: `/aws/rds/proxy/${identifier}`,
    ...Object.fromEntries(
      sources.flatMap((source) =>
        logTypes[topology].map((type) => [
          `${source.id}${pascalCase(type)}`,
          `/aws/rds/${kind}/${source.identifier}/${type}`,
        ]),
      ),
    ),
  };
}

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
