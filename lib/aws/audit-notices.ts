import { aws_events as events, aws_events_targets as targets } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Alarms } from './alarms';

/** From this severity on GuardDuty calls a finding high; critical ones are from 9. */
const highSeverity = 7;

/** Findings that somebody is called for, whichever service found them. */
export const urgentThreats: events.EventPattern = {
  source: ['aws.guardduty'],
  detailType: ['GuardDuty Finding'],
  detail: { severity: events.Match.greaterThanOrEqual(highSeverity) },
};

/** New findings of every other service. Security Hub repeats each of them until its workflow status is changed. */
export const urgentFindings: events.EventPattern = {
  source: ['aws.securityhub'],
  detailType: ['Security Hub Findings - Imported'],
  detail: {
    findings: {
      Severity: { Label: ['CRITICAL', 'HIGH'] },
      Workflow: { Status: ['NEW'] },
      RecordState: ['ACTIVE'],
      // GuardDuty's own events are sooner, and say more.
      ProductName: events.Match.anythingBut('GuardDuty'),
    },
  },
};

export interface AuditNoticesProps {
  readonly alarms: Alarms;
}

/**
 * Tells people of urgent findings. Whoever runs the services, findings about the account are events in the account: the
 * rules are here also where the organisation runs them.
 */
export class AuditNotices extends Construct {
  public readonly threats: events.Rule;
  public readonly findings: events.Rule;

  public constructor(scope: Construct, id: string, props: AuditNoticesProps) {
    super(scope, id);
    const field = (path: string): string => events.EventField.fromPath(path);
    const tell = (message: string) =>
      new targets.SnsTopic(props.alarms.topic, {
        message: events.RuleTargetInput.fromText(`${message} Runbook: docs/runbooks/security-finding.md`),
      });
    this.threats = new events.Rule(this, 'Threats', {
      description: 'GuardDuty found a threat of high or critical severity',
      eventPattern: urgentThreats,
      targets: [
        tell(
          `GuardDuty, severity ${field('$.detail.severity')}, in ${field('$.account')} ${field('$.region')}: ` +
            `${field('$.detail.title')} Finding ${field('$.detail.id')}.`,
        ),
      ],
    });
    this.findings = new events.Rule(this, 'Findings', {
      description: 'Security Hub has a new finding of high or critical severity',
      eventPattern: urgentFindings,
      targets: [
        tell(
          `${field('$.detail.findings[0].ProductName')}, ${field('$.detail.findings[0].Severity.Label')}, ` +
            `in ${field('$.account')} ${field('$.region')}: ${field('$.detail.findings[0].Title')} ` +
            `Resource ${field('$.detail.findings[0].Resources[0].Id')}. Finding ${field('$.detail.findings[0].Id')}.`,
        ),
      ],
    });
  }
}
