import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import allocations from '../../../allocations/retailflow.json';
import { siteOn } from '../../../lib/platform/platform';
import { resolve } from '../../../lib/platform/resolve';
import retailflow from '../../../platforms/retailflow';
import { NetworkStack } from '../../../stacks/aws/network';
import { SecurityStack } from '../../../stacks/aws/security';
import { findings, testStack } from '../../support/aws';
import { remember } from '../../support/remember';

const made = remember((stage: 'production' | 'development') => {
  const platform = resolve(retailflow, { stage, allocations });
  const site = siteOn(platform, 'aws');
  if (site === undefined) throw new Error(`${stage} has no site on aws`);
  const env = { account: site.account, region: site.region };
  const app = App.of(testStack('Unused', env)) as App;
  const security = new SecurityStack(app, 'Security', { platform, site, env });
  const network = new NetworkStack(app, 'Network', {
    platform,
    site,
    env,
    keys: security.keys,
    accessLogs: security.accessLogs.bucket,
    alarms: security.alarms,
    scopes: {},
  });
  return { security, network, template: Template.fromStack(network), before: Template.fromStack(security) };
});

describe('the network stack', () => {
  test.each([
    ['production', '10.16.0.0/16', 9, 3, 16],
    ['development', '10.18.0.0/16', 6, 1, 0],
  ] as const)('of %s is what the stage says', (stage, cidr, subnets, gateways, interfaces) => {
    const { template } = made(stage);
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: cidr });
    template.resourceCountIs('AWS::EC2::Subnet', subnets);
    template.resourceCountIs('AWS::EC2::NatGateway', gateways);
    template.resourcePropertiesCountIs('AWS::EC2::VPCEndpoint', { VpcEndpointType: 'Interface' }, interfaces);
  });

  test('takes the ranges of the lock', () => {
    const given = Object.entries(allocations.production.addresses).filter(([key]) =>
      /^primary\/(app|data|public)\//.test(key),
    );
    expect(given).toHaveLength(9);
    for (const [key, CidrBlock] of given) {
      made('production').template.hasResourceProperties('AWS::EC2::Subnet', {
        AvailabilityZone: key.split('/')[2],
        CidrBlock,
        Tags: Match.arrayWith([{ Key: 'aws-cdk:subnet-name', Value: key.split('/')[1] }]),
      });
    }
  });

  test('encrypts its flow logs with the key of logs, and logs requests for them where the region does', () => {
    const output = (part: string) => ({
      'Fn::GetStackOutput': Match.objectLike({ StackName: 'Security', OutputName: Match.stringLikeRegexp(part) }),
    });
    made('production').template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { KMSMasterKeyID: output('KeysLogs') } }],
      },
      LoggingConfiguration: { DestinationBucketName: output('AccessLogsBucket') },
    });
  });

  test('knows the stack of keys, which does not know it', () => {
    const { before } = made('production');
    expect(JSON.stringify(before.toJSON())).not.toContain('"StackName":"Network"');
  });

  test('asks for no look-up', () => {
    const app = App.of(made('production').network) as App;
    expect(app.synth().manifest.missing).toBeUndefined();
  });

  test.each([
    ['production', true],
    ['development', false],
  ] as const)('of %s: protected from deletion %s', (stage, isProtected) => {
    expect(made(stage).network.terminationProtection).toBe(isProtected);
  });

  test.each(['production', 'development'] as const)('of %s leaves no finding open', (stage) => {
    expect(findings(made(stage).network)).toEqual([]);
  });
});
