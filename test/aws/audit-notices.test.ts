import { Match } from 'aws-cdk-lib/assertions';
import { AuditNotices } from '../../lib/aws/audit-notices';
import { findings, surroundings, templateOf, testStack } from '../support/aws';

const stack = testStack();
const { alarms } = surroundings(stack);
const notices = new AuditNotices(stack, 'Notices', { alarms });
const template = templateOf(stack);

describe('AuditNotices', () => {
  test('tell of threats from high severity on', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.guardduty'],
        'detail-type': ['GuardDuty Finding'],
        detail: { severity: [{ numeric: ['>=', 7] }] },
      },
      State: 'ENABLED',
    });
  });

  test('tell of new findings of other services, high and critical, while they are active', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.securityhub'],
        'detail-type': ['Security Hub Findings - Imported'],
        detail: {
          findings: {
            Severity: { Label: ['CRITICAL', 'HIGH'] },
            Workflow: { Status: ['NEW'] },
            RecordState: ['ACTIVE'],
            ProductName: [{ 'anything-but': ['GuardDuty'] }],
          },
        },
      },
    });
  });

  test('are messages that a person can read, in the one channel of alarms, with the runbook', () => {
    const rules = Object.values(template.findResources('AWS::Events::Rule')) as {
      readonly Properties: {
        readonly Targets: readonly {
          readonly Arn: { readonly Ref: string };
          readonly InputTransformer: {
            readonly InputTemplate: string;
            readonly InputPathsMap: Readonly<Record<string, string>>;
          };
        }[];
      };
    }[];
    expect(rules).toHaveLength(2);
    for (const { Properties } of rules) {
      const [target, ...others] = Properties.Targets;
      expect(others).toEqual([]);
      expect(target?.Arn.Ref).toBe(stack.getLogicalId(alarms.topic.node.defaultChild as never));
      expect(target?.InputTransformer.InputTemplate).toMatch(/^".*Runbook: docs\/runbooks\/security-finding\.md"$/);
      const shown = Object.values(target?.InputTransformer.InputPathsMap ?? {});
      expect(shown).toEqual(expect.arrayContaining(['$.account', '$.region', expect.stringMatching(/itle$/)]));
      expect(shown).toEqual(expect.arrayContaining([expect.stringMatching(/[iI]d$/)]));
    }
  });

  test('may be published by events', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Action: 'sns:Publish', Principal: { Service: 'events.amazonaws.com' } }),
        ]),
      },
    });
  });

  test('have no finding that nobody answered', () => {
    expect(findings(notices)).toEqual([]);
  });
});
