import { Construct } from 'constructs';
import type { Monitoring } from './diagnostics';
import type { Place } from './place';
import { raiseQueryAlert } from './query-alert';

export interface FlagRolloutAlertsProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Namespace in the cluster of what changes flags. */
  readonly namespace: string;
  /** Names of the sets. */
  readonly sets: readonly string[];
}

/** Logs arrive minutes after they were written: a shorter time would call people for those that are on their way. */
const windowMinutes = 15;

/** What was done of late in turns of sets, one row each. */
const turns = (namespace: string, did: string): string =>
  [
    'ContainerLogV2',
    `| where PodNamespace == '${namespace}'`,
    '| extend turn = parse_json(tostring(LogMessage))',
    '| extend flagSet = tostring(turn.set), did = tostring(turn.did)',
    `| where did == '${did}'`,
  ].join('\n');

/** Queries of the alerts, by name. */
export const flagRolloutQueries = ({ namespace, sets }: Pick<FlagRolloutAlertsProps, 'namespace' | 'sets'>) => ({
  'flags-taken-back': [turns(namespace, 'taken back'), '| summarize flags = count() by flagSet'].join('\n'),
  // A row a set is there without any line.
  'flags-unturned': [
    `datatable(flagSet: string) [${sets.map((set) => `'${set}'`).join(', ')}]`,
    `| join kind=leftanti (${turns(namespace, 'turned')}) on flagSet`,
    '| summarize silent = count() by flagSet',
  ].join('\n'),
});

/** Calls people when a flag was taken back, and when flags of a set have no turns: then nothing would take them back. */
export class FlagRolloutAlerts extends Construct {
  public constructor(scope: Construct, id: string, props: FlagRolloutAlertsProps) {
    super(scope, id);
    const { monitoring, place } = props;
    const queries = flagRolloutQueries(props);
    const shared = { place, monitoring, by: 'flagSet', threshold: 0, runbook: 'azure-flags', windowMinutes } as const;
    raiseQueryAlert(this, 'TakenBack', {
      ...shared,
      name: 'flags-taken-back',
      query: queries['flags-taken-back'],
      measure: 'flags',
      description:
        'Services failed after a flag was changed: it is what it was before. Its definition still asks for the change.',
    });
    raiseQueryAlert(this, 'Unturned', {
      ...shared,
      name: 'flags-unturned',
      query: queries['flags-unturned'],
      measure: 'silent',
      description:
        'Flags of a set have no turns: what a definition changed does not arrive, and nothing takes a change back.',
    });
  }
}
