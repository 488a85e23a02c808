import { Match } from 'aws-cdk-lib/assertions';
import { AuditAccess, unusedAccessDays } from '../../lib/aws/audit-access';
import { findings, templateOf, testStack } from '../support/aws';

describe('AuditAccess', () => {
  const stack = testStack();
  const access = new AuditAccess(stack, 'Access');
  const template = templateOf(stack);

  test('finds what is open to the outside, and what nobody uses', () => {
    template.hasResourceProperties('AWS::AccessAnalyzer::Analyzer', {
      Type: 'ACCOUNT',
      AnalyzerConfiguration: Match.absent(),
    });
    template.hasResourceProperties('AWS::AccessAnalyzer::Analyzer', {
      Type: 'ACCOUNT_UNUSED_ACCESS',
      AnalyzerConfiguration: { UnusedAccessConfiguration: { UnusedAccessAge: unusedAccessDays } },
    });
    template.resourceCountIs('AWS::AccessAnalyzer::Analyzer', 2);
  });

  test('has no finding that nobody answered', () => {
    expect(findings(access)).toEqual([]);
  });
});
