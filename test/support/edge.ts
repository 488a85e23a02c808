import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as s3 from 'aws-cdk-lib/aws-s3';
import allocations from '../../allocations/retailflow.json';
import { Balancer } from '../../lib/aws/balancer';
import { publicZone } from '../../lib/aws/dns';
import { EdgeOrigin } from '../../lib/aws/edge-origin';
import { nothingTold } from '../../lib/platform/outputs';
import { siteOn } from '../../lib/platform/platform';
import { edgeOf } from '../../lib/platform/edge/paths';
import type { AuditOwner } from '../../lib/platform/nouns/audit';
import type { EdgeSite } from '../../lib/platform/nouns/edge-site';
import type { Loads } from '../../lib/platform/nouns/load-tests';
import { resolve } from '../../lib/platform/resolve';
import retailflow from '../../platforms/retailflow';
import { EdgeStack } from '../../stacks/aws/edge';
import { account, region, surroundings, testStack } from './aws';

const production = resolve(retailflow, { stage: 'production', allocations });

/** What a test changes of RetailFlow's production. */
export interface EdgeWorldInput {
  readonly threatDetection?: AuditOwner;
  /** Where the platform says that it stands. */
  readonly region?: string;
  /** Who makes the pages. */
  readonly site?: EdgeSite;
  /** Whether the recovery site has told where it is reached. */
  readonly told?: boolean;
  /** How load tests run, if some do. */
  readonly loads?: Loads;
}

/** RetailFlow's edge in us-east-1, and what it needs of the home region. */
export function edgeWorld({
  region: homeRegion,
  site: pages,
  threatDetection = 'own',
  told = false,
  loads,
}: EdgeWorldInput = {}) {
  const audit = { ...production.stage.audit, threatDetection };
  const edge = { ...edgeOf(production), site: pages };
  const platform = { ...production, edge, stage: { ...production.stage, audit, loadTests: loads } };
  const home = testStack('Home');
  const { vpc } = surroundings(home);
  const { domain, hostedZone } = platform.stage;
  const balancer = new Balancer(home, 'Balancer', {
    vpc,
    domain,
    certificate: acm.Certificate.fromCertificateArn(
      home,
      'Certificate',
      `arn:aws:acm:${region}:${account}:certificate/one`,
    ),
    accessLogs: new s3.Bucket(home, 'AccessLogs'),
    protected: true,
  });
  const origin = new EdgeOrigin(home, 'EdgeOrigin', {
    balancer,
    domain,
    zone: publicZone(home, 'Zone', hostedZone),
    region,
  });
  const site = siteOn(platform, 'aws');
  const app = App.of(home);
  if (site === undefined || !App.isApp(app)) throw new Error('RetailFlow stands on aws, in an app');
  const stack = new EdgeStack(app, 'Edge', {
    platform,
    site: { ...site, region: homeRegion ?? site.region },
    assets: new s3.Bucket(home, 'Assets'),
    origin: origin.vpcOrigin,
    egressAddresses: ['198.51.100.7'],
    databases: { store: { silentAlarms: ['retailflow-production-store-silent'] } },
    outputs: told ? { ...nothingTold, edge: { host: 'shop-x.z01.azurefd.net', address: '20.1.2.5' } } : nothingTold,
  });
  return {
    home,
    origin,
    balancer,
    stack,
    template: Template.fromStack(stack),
    homeTemplate: Template.fromStack(home),
  };
}
