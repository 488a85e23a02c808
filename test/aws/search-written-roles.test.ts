import { Match } from 'aws-cdk-lib/assertions';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Search } from '../../lib/aws/search';
import { openSearch } from '../../lib/platform/nouns/storage';
import { surroundings, templateOf, testStack } from '../support/aws';

function made() {
  const stack = testStack();
  const { vpc, key, alarms } = surroundings(stack);
  const spec = openSearch.parse({ capacity: { vcpu: 2, memoryGiB: 16 } });
  const subject = new Search(stack, 'Products', {
    name: 'products',
    prefix: 'shop-production',
    spec,
    vpc,
    key,
    logsKey: key,
    alarms,
    logDays: 365,
  });
  return { stack, vpc, key, subject };
}

describe('the roles inside the domain', () => {
  const { stack, vpc, key, subject } = made();
  const template = templateOf(stack);
  const functionId = stack.getLogicalId(subject.roles.function.node.defaultChild as CfnFunction);
  const fn = template.findResources('AWS::Lambda::Function')[functionId];
  const domainArn = stack.resolve(subject.domain.domainArn);

  test('are written once the function may, and can reach the domain', () => {
    const [written] = Object.values(template.findResources('Custom::SearchRoles'));
    expect(written?.Properties).toMatchObject({
      Endpoint: stack.resolve(subject.domain.domainEndpoint),
      Objects: [
        { Path: '/_plugins/_security/api/roles/services' },
        { Path: '/_plugins/_security/api/rolesmapping/services' },
      ],
    });
    const before: string[] = written?.DependsOn;
    expect(before.map((id) => template.toJSON().Resources[id].Type).sort()).toEqual([
      'AWS::EC2::SecurityGroupEgress',
      'AWS::EC2::SecurityGroupEgress',
      'AWS::EC2::SecurityGroupIngress',
      'AWS::IAM::ManagedPolicy',
    ]);
  });

  test('are written by a function in the app subnets, as the master user, logged and encrypted', () => {
    expect(fn?.Properties).toMatchObject({
      Role: stack.resolve(subject.master.roleArn),
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      VpcConfig: { SubnetIds: vpc.privateSubnets.map(({ subnetId }) => stack.resolve(subnetId)) },
    });
    const logGroup = template.findResources('AWS::Logs::LogGroup')[fn?.Properties.LoggingConfig.LogGroup.Ref];
    expect(logGroup?.Properties).toMatchObject({ KmsKeyId: stack.resolve(key.keyArn), RetentionInDays: 365 });
  });

  test('are written by a function that goes to the domain and to the addresses of S3, and nowhere else', () => {
    const group = template.findResources('AWS::EC2::SecurityGroup', {
      Properties: { GroupDescription: 'Roles of search domain products' },
    });
    expect(Object.values(group).map(({ Properties }) => Properties.SecurityGroupEgress)).toEqual([
      [expect.objectContaining({ CidrIp: '255.255.255.255/32', FromPort: 252 })],
    ]);
    const rules = Object.values(template.findResources('AWS::EC2::SecurityGroupEgress')).map(({ Properties }) => [
      Properties.GroupId['Fn::GetAtt'][0],
      Properties.DestinationPrefixListId ?? Properties.DestinationSecurityGroupId,
      Properties.FromPort,
    ]);
    const [from] = Object.keys(group);
    expect(rules).toHaveLength(2);
    expect(rules).toEqual(
      expect.arrayContaining([
        [from, 'pl-6fa54006', 443],
        [from, stack.resolve(subject.securityGroup.securityGroupId), 443],
      ]),
    );
  });

  test('are all that the function may write', () => {
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      Roles: [{ Ref: Match.stringLikeRegexp('^ProductsMaster') }],
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: 'es:ESHttpPut',
            Resource: ['roles', 'rolesmapping'].map((kind) => ({
              'Fn::Join': ['', [domainArn, `/_plugins/_security/api/${kind}/services`]],
            })),
          },
        ],
      },
    });
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });
});
