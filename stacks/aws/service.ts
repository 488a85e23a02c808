import { Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import type { Balancer } from '../../lib/aws/balancer';
import type { Capabilities, Reach } from '../../lib/aws/capability';
import type { Cluster } from '../../lib/aws/cluster';
import { copiedImage } from '../../lib/aws/copied-image';
import { serviceFigures } from '../../lib/aws/figures-of';
import { named } from '../../lib/platform/named';
import { Service, type ServiceProps } from '../../lib/aws/service';
import type { MetricsWorkspace } from '../../lib/aws/metrics-workspace';
import type { Scopes } from '../../lib/aws/scope';
import { promisesOf } from '../../lib/platform/platform';
import { scopeOf } from '../../lib/platform/scopes';
import { serviceImage } from '../../lib/aws/service-image';
import { ServiceObservability } from '../../lib/aws/service-observability';
import { imageRepository, stagePrefix } from '../../lib/platform/names';
import type { Image } from '../../lib/platform/releases';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

/** A service, and the parts of other stacks that it stands on. */
export interface ServiceStackProps extends PlatformStackProps {
  readonly name: string;
  /** What it runs. */
  readonly image: Image;
  readonly vpc: ec2.IVpc;
  readonly cluster: Cluster;
  readonly balancer: Balancer;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly endpoints: readonly Reach[];
  readonly capabilities: Capabilities;
  readonly keys: ServiceProps['keys'];
  readonly alarms: Alarms;
  /** Where its figures are kept. @default - it sends none */
  readonly workspace?: MetricsWorkspace | undefined;
  /** Parts that are judged apart. */
  readonly scopes: Scopes;
  readonly migrates?: NonNullable<ServiceProps['migrates']>;
}

/** One service: deployed alone, by its own team, many times a day. */
export class ServiceStack extends Stack {
  public readonly service: Service;

  public constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { image, name, platform, site, workspace } = props;
    const spec = named('services', platform.services, name);
    // By name, as pipelines push to it: a reference would change the registry's stack with the first release.
    const repository = ecr.Repository.fromRepositoryName(this, 'Repository', imageRepository(platform, name));
    this.service = new Service(this, 'Service', {
      ...props,
      image: serviceImage(image, spec, repository, copiedImage(this, 'Bootstrap', platform, 'busybox')),
      collecting:
        workspace === undefined ? undefined : { ...copiedImage(this, 'Collector', platform, 'collector'), workspace },
      scope: props.scopes[scopeOf(platform, 'services', name) ?? ''],
      site: site.siteName,
      region: site.region,
    });
    new ServiceObservability(this, 'Observability', {
      figures: serviceFigures(name, spec, this.service),
      prefix: stagePrefix(platform),
      goals: promisesOf(platform, spec),
      alarms: props.alarms,
    });
  }
}
