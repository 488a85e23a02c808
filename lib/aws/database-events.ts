import { aws_events as events, aws_events_targets as targets } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { DatabaseServer } from './database-server';

/** What nobody may miss, in the words of RDS. */
const categories = ['failover', 'failure', 'low storage'];

export interface DatabaseEvents {
  /** Name of the part. */
  readonly name: string;
  readonly server: Pick<DatabaseServer, 'eventSources' | 'masterSecret'>;
  readonly topic: sns.ITopic;
}

export interface DatabaseNews {
  /** A failover, a failure, a disk that fills. */
  readonly reported: events.Rule;
  /** A rotation of the administrator's password that failed: by RDS, or by our own where RDS does none. */
  readonly unrotated: events.Rule;
}

/** Tells somebody what no metric shows: what RDS reports of a database, and that the password of its administrator was not rotated. */
export function reportEvents(scope: Construct, { name, server, topic }: DatabaseEvents): DatabaseNews {
  const tell = (message: string): targets.SnsTopic =>
    new targets.SnsTopic(topic, {
      message: events.RuleTargetInput.fromText(`Database ${name}: ${message} Runbook: docs/runbooks/database.md`),
    });
  return {
    reported: new events.Rule(scope, 'Events', {
      description: `Failovers, failures and low storage of database ${name}`,
      eventPattern: {
        source: ['aws.rds'],
        detailType: [server.eventSources.detailType],
        detail: { SourceIdentifier: server.eventSources.identifiers, EventCategories: categories },
      },
      targets: [tell(events.EventField.fromPath('$.detail.Message'))],
    }),
    unrotated: new events.Rule(scope, 'Unrotated', {
      description: `Failed rotations of the password of the administrator of database ${name}`,
      // RDS has no event of its own for it. Secrets Manager has, by way of CloudTrail, which names the secret here and nowhere else.
      eventPattern: {
        source: ['aws.secretsmanager'],
        detailType: ['AWS Service Event via CloudTrail'],
        detail: {
          eventSource: ['secretsmanager.amazonaws.com'],
          eventName: ['RotationFailed'],
          additionalEventData: { SecretId: [server.masterSecret.secretArn] },
        },
      },
      targets: [tell('the password of its administrator could not be rotated; the one before still holds.')],
    }),
  };
}
