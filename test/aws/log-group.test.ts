import { encryptedLogGroup } from '../../lib/aws/log-group';
import { findings, surroundings, templateOf, testStack } from '../support/aws';
import { only } from '../support/template';

function made(name?: string) {
  const stack = testStack();
  const { key } = surroundings(stack);
  const group = encryptedLogGroup(stack, 'Logs', { key, days: 30, ...(name === undefined ? {} : { name }) });
  return { group, resource: only(templateOf(stack), 'AWS::Logs::LogGroup') };
}

describe('encryptedLogGroup', () => {
  const { group, resource } = made();

  test.each([
    ['is encrypted with the given key', resource.properties['KmsKeyId'], { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] }],
    ['is kept for the given days', resource.properties['RetentionInDays'], 30],
    ['outlives its stack', resource.deletionPolicy, 'Retain'],
    ['outlives its replacement', resource.updateReplacePolicy, 'Retain'],
    ['has no name of its own', resource.properties['LogGroupName'], undefined],
  ])('%s', (_title, got, expected) => {
    expect(got).toEqual(expected);
  });

  test('has a name where a service insists on one', () => {
    expect(made('aws-waf-logs-shop').resource.properties['LogGroupName']).toBe('aws-waf-logs-shop');
  });

  test('has no finding', () => {
    expect(findings(group)).toEqual([]);
  });
});
