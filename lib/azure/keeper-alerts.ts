import { Construct } from 'constructs';
import { turnsThatKept } from '../platform/keeper-process';
import type { Monitoring } from './diagnostics';
import type { Place } from './place';
import { raiseQueryAlert } from './query-alert';

export interface KeeperAlertsProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Namespace of the keeper in the cluster. */
  readonly namespace: string;
  /** Databases that it keeps. */
  readonly databases: readonly string[];
  /** Minutes that the databases may be behind. @default - nothing is promised, and nobody is called */
  readonly pointMinutes: number | undefined;
}

const texts = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

/** Turns of a keeper that kept something, as it writes them, one row each. */
const turns = (namespace: string): readonly string[] => [
  'ContainerLogV2',
  `| where PodNamespace == '${namespace}'`,
  '| extend turn = parse_json(tostring(LogMessage))',
  '| extend database = tostring(turn.database), did = tostring(turn.did)',
  `| where did in (${texts(turnsThatKept)})`,
];

/** Queries of the alerts, by name. */
export const keeperQueries = ({ databases, namespace }: Pick<KeeperAlertsProps, 'databases' | 'namespace'>) => ({
  // A row a database is there without any line of the keeper.
  'keeper-silent': [
    `datatable(database: string) [${texts(databases)}]`,
    `| join kind=leftanti (${turns(namespace).join(' ')}) on database`,
    '| summarize silent = count() by database',
  ].join('\n'),
  'keeper-behind': [
    ...turns(namespace),
    '| where isnotnull(turn.behindSeconds)',
    '| summarize arg_max(TimeGenerated, turn) by database',
    '| project database, behind = todouble(turn.behindSeconds)',
  ].join('\n'),
});

/** Logs arrive minutes after they were written: a shorter time would call people for those that are on their way. */
const windowMinutes = 10;

/**
 * Calls people when nothing was told of a database for ten minutes, and when the last beat of the other site that arrived is older than what may be
 * lost. The second is told by this site alone, so it calls while the other cloud is lost.
 */
export class KeeperAlerts extends Construct {
  public constructor(scope: Construct, id: string, props: KeeperAlertsProps) {
    super(scope, id);
    const { databases, monitoring, namespace, place, pointMinutes } = props;
    const queries = keeperQueries({ databases, namespace });
    const shared = { place, monitoring, by: 'database', runbook: 'keeper', windowMinutes } as const;
    raiseQueryAlert(this, 'Silent', {
      ...shared,
      name: 'keeper-silent',
      query: queries['keeper-silent'],
      measure: 'silent',
      threshold: 0,
      description: 'Nobody keeps the right of a database to write: while this site leads, it ends.',
    });
    if (pointMinutes === undefined) return;
    raiseQueryAlert(this, 'Behind', {
      ...shared,
      name: 'keeper-behind',
      query: queries['keeper-behind'],
      measure: 'behind',
      threshold: pointMinutes * 60,
      description: `The last beat of the other site is older than the recovery point of ${pointMinutes} min: it is lost, or replication stands still.`,
    });
  }
}
