import { Match } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { AuditStandards, standards } from '../../lib/aws/audit-standards';
import { findings, region, templateOf, testStack } from '../support/aws';

describe('AuditStandards', () => {
  function made(withHistory: boolean) {
    const stack = testStack();
    const history = new Construct(stack, 'History');
    const subject = new AuditStandards(stack, 'Standards', withHistory ? { history } : {});
    return { subject, template: templateOf(stack) };
  }
  const { subject, template } = made(true);

  test('is the hub that checks standards, one finding a control, and new controls by themselves', () => {
    template.hasResourceProperties('AWS::SecurityHub::Hub', {
      EnableDefaultStandards: false,
      AutoEnableControls: true,
      ControlFindingGenerator: 'SECURITY_CONTROL',
    });
    template.resourceCountIs('AWS::SecurityHub::HubV2', 0);
  });

  test.each(Object.values(standards))('checks %s, once the hub is there', (standard) => {
    template.hasResource('AWS::SecurityHub::Standard', {
      Properties: { StandardsArn: `arn:aws:securityhub:${region}::standards/${standard}` },
      DependsOn: [Match.stringLikeRegexp('^StandardsHub')],
    });
    template.resourceCountIs('AWS::SecurityHub::Standard', Object.keys(standards).length);
  });

  test("accepts the role of the stage's own configuration history, and says nothing of the organisation's", () => {
    template.hasResourceProperties('AWS::SecurityHub::SecurityControl', {
      SecurityControlId: 'Config.1',
      LastUpdateReason: Match.stringLikeRegexp('^[A-Za-z0-9 _-]+$'),
      Parameters: { includeConfigServiceLinkedRoleCheck: { ValueType: 'CUSTOM', Value: { Boolean: false } } },
    });
    made(false).template.resourceCountIs('AWS::SecurityHub::SecurityControl', 0);
  });

  test('has no finding that nobody answered', () => {
    expect(findings(subject)).toEqual([]);
  });
});
