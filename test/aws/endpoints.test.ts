import { Match } from 'aws-cdk-lib/assertions';
import { Endpoints } from '../../lib/aws/endpoints';
import { account, findings, region, staleAcknowledgements, surroundings, templateOf, testStack } from '../support/aws';
import { remember } from '../support/remember';

function made(interfaceEndpoints = true) {
  const stack = testStack();
  const { vpc } = surroundings(stack);
  return { stack, vpc, endpoints: new Endpoints(stack, 'Endpoints', { vpc, interfaceEndpoints, sends: [] }) };
}

const template = remember((interfaceEndpoints?: boolean) => templateOf(made(interfaceEndpoints).stack));
const own = { 'aws:PrincipalAccount': account, 'aws:ResourceAccount': account };
const allowed = (action: string, equal: object) => ({
  Effect: 'Allow',
  Principal: { AWS: '*' },
  Action: action,
  Resource: '*',
  Condition: { StringEquals: equal },
});
const gateway = (service: string) => ({
  VpcEndpointType: 'Gateway',
  ServiceName: { 'Fn::Join': ['', ['com.amazonaws.', { Ref: 'AWS::Region' }, `.${service}`]] },
});

describe('gateway endpoints', () => {
  test('let the own identities reach the own buckets, and images their layers, and functions answer CloudFormation', () => {
    template().hasResourceProperties('AWS::EC2::VPCEndpoint', {
      ...gateway('s3'),
      PolicyDocument: {
        Statement: [
          allowed('s3:*', own),
          {
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: 's3:GetObject',
            Resource: `arn:aws:s3:::prod-${region}-starport-layer-bucket/*`,
            Condition: { Bool: { 'aws:SecureTransport': 'true' } },
          },
          {
            Effect: 'Allow',
            Principal: { AWS: '*' },
            Action: 's3:PutObject',
            Resource: 'arn:aws:s3:::cloudformation-custom-resource-response-apsoutheast1/*',
            Condition: { Bool: { 'aws:SecureTransport': 'true' } },
          },
        ],
      },
    });
  });

  test('let the own identities reach the own tables', () => {
    template().hasResourceProperties('AWS::EC2::VPCEndpoint', {
      ...gateway('dynamodb'),
      PolicyDocument: { Statement: [allowed('dynamodb:*', own)] },
    });
  });

  test.each(['s3', 'dynamodb'])('%s: from services and data, not from the public subnets', (service) => {
    const { stack, vpc } = made();
    const tables = ['app', 'data']
      .flatMap((subnetGroupName) => vpc.selectSubnets({ subnetGroupName }).subnets)
      .map((subnet) => stack.resolve(subnet.routeTable.routeTableId) as object);
    expect(tables).toHaveLength(6);
    templateOf(stack).hasResourceProperties('AWS::EC2::VPCEndpoint', { ...gateway(service), RouteTableIds: tables });
  });

  test('are there without interface endpoints as well', () => {
    template(false).resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Gateway' }, 2);
  });
});

describe('interface endpoints', () => {
  const services = [
    ['ecr.api', 'ecr:*'],
    ['ecr.dkr', 'ecr:*'],
    ['logs', 'logs:*'],
    ['secretsmanager', 'secretsmanager:*'],
    ['monitoring', 'cloudwatch:*'],
    ['kms', 'kms:*'],
    ['sqs', 'sqs:*'],
    ['sns', 'sns:*'],
    ['states', 'states:*'],
    ['guardduty-data', 'guardduty:*'],
  ] as const;

  test.each(services)('%s: for the own identities alone, under the public name', (service, action) => {
    template().hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      ServiceName: `com.amazonaws.${region}.${service}`,
      PrivateDnsEnabled: true,
      PolicyDocument: { Statement: [allowed(action, { 'aws:PrincipalAccount': account })] },
      SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^EndpointsSecurityGroup'), 'GroupId'] }],
    });
  });

  test('are these and no others, in the subnets of services', () => {
    const { stack, vpc } = made();
    const subnets = vpc.selectSubnets({ subnetGroupName: 'app' }).subnetIds.map((id) => stack.resolve(id) as object);
    templateOf(stack).resourcePropertiesCountIs(
      'AWS::EC2::VPCEndpoint',
      { VpcEndpointType: 'Interface', SubnetIds: subnets },
      services.length,
    );
    templateOf(stack).resourceCountIs('AWS::EC2::VPCEndpoint', services.length + 2);
  });

  test('are closed until a caller opens its own path', () => {
    const opened = template();
    opened.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Private endpoints of AWS services',
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32', FromPort: 252 })],
    });
    opened.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  test('are one path for callers', () => {
    const { stack, endpoints } = made();
    expect(endpoints.reach.map(({ id, port }) => [id, port])).toEqual([['Endpoints', 443]]);
    expect(stack.resolve(endpoints.reach[0]?.securityGroup.securityGroupId)).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^EndpointsSecurityGroup/), 'GroupId'],
    });
  });

  test('are absent where they are off, and there is no path then', () => {
    template(false).resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, 0);
    template(false).resourceCountIs('AWS::EC2::SecurityGroup', 0);
    expect(made(false).endpoints.reach).toEqual([]);
  });
});

test.each([true, false])('endpoints (interfaces %s) leave no finding open, and acknowledge none', (interfaces) => {
  const { endpoints } = made(interfaces);
  expect(findings(endpoints)).toEqual([]);
  expect(staleAcknowledgements(endpoints)).toEqual([]);
});
