import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { DatabaseServer } from './database-server';

/** What nobody may miss, in the words of RDS. */
const categories = ['failover', 'failure', 'low storage'];

export interface DatabaseEvents {
  /** Name of the part. */
  readonly name: string;
  readonly sources: DatabaseServer['eventSources'];
  readonly topic: sns.ITopic;
}

/** Tells somebody what RDS reports and no metric shows: a failover, a failure, a disk that fills. */
export function reportEvents(scope: Construct, id: string, { name, sources, topic }: DatabaseEvents): events.Rule {
  const message = events.EventField.fromPath('$.detail.Message');
  return new events.Rule(scope, id, {
    description: `Failovers, failures and low storage of database ${name}`,
    eventPattern: {
      source: ['aws.rds'],
      detailType: [sources.detailType],
      detail: { SourceIdentifier: sources.identifiers, EventCategories: categories },
    },
    targets: [
      new targets.SnsTopic(topic, {
        message: events.RuleTargetInput.fromText(`Database ${name}: ${message} Runbook: docs/runbooks/database.md`),
      }),
    ],
  });
}
