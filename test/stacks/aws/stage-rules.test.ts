import { App } from 'aws-cdk-lib';
import { context } from '../../../cdk.json';
import { nothingTold } from '../../../lib/platform/outputs';
import { siteOn } from '../../../lib/platform/platform';
import retailflow from '../../../platforms/retailflow';
import { PlatformStage } from '../../../stacks/aws/stage';
import { resolved } from '../../support/platform';

function made(securityGroupRules: number) {
  const platform = resolved(retailflow);
  const site = siteOn(platform, 'aws');
  if (site === undefined) throw new Error('production has no site on AWS');
  const app = new App({ context, analyticsReporting: false, stackTraces: false });
  return new PlatformStage(app, 'Stage', {
    platform,
    site: { ...site, network: { ...site.network, securityGroupRules } },
    releases: {},
    outputs: nothingTold,
  });
}

describe('PlatformStage: rules of security groups', () => {
  test('has no security group with more rules than an account has room for at first', () => {
    expect(() => made(60)).not.toThrow();
  });

  test('fails when a security group has more rules than the site has room for, whichever stacks add them', () => {
    expect(() => made(55)).toThrow(
      /^security groups: 1 problem\n {2}Stage\/Cluster\/Balancer\/SecurityGroup\/Resource in must be at most 55 rules, got 56: /,
    );
  });
});
