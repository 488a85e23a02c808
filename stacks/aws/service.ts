import { aws_ecr as ecr, Stack } from 'aws-cdk-lib';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import type { Balancer } from '../../lib/aws/balancer';
import type { Capabilities, Reach } from '../../lib/aws/capability';
import type { Cluster } from '../../lib/aws/cluster';
import { copiedImage } from '../../lib/aws/copied-image';
import { serviceFigures } from '../../lib/aws/figures-of';
import { named } from '../../lib/platform/named';
import { Jobs } from '../../lib/aws/jobs';
import { Service, type ServiceProps } from '../../lib/aws/service';
import type { Keys } from '../../lib/aws/keys';
import type { MetricsWorkspace } from '../../lib/aws/metrics-workspace';
import type { Scopes } from '../../lib/aws/scope';
import { promisesOf } from '../../lib/platform/platform';
import { scopeOf } from '../../lib/platform/scopes';
import { serviceImage } from '../../lib/aws/service-image';
import { servicesSubnets } from '../../lib/aws/service-settings';
import { jobReceives } from '../../lib/aws/service-uses';
import type { Service as Spec } from '../../lib/platform/nouns/service';
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
  readonly keys: Pick<Keys, 'logs' | 'messaging'>;
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
    const parts = {
      image: serviceImage(image, spec, repository, copiedImage(this, 'Bootstrap', platform, 'busybox')),
      collecting:
        workspace === undefined ? undefined : { ...copiedImage(this, 'Collector', platform, 'collector'), workspace },
    };
    this.service = new Service(this, 'Service', {
      ...props,
      ...parts,
      scope: props.scopes[scopeOf(platform, 'services', name) ?? ''],
      site: site.siteName,
      region: site.region,
    });
    this.runJobs({ ...props, ...parts }, spec);
    new ServiceObservability(this, 'Observability', {
      figures: serviceFigures(name, spec, this.service),
      prefix: stagePrefix(platform),
      goals: promisesOf(platform, spec),
      alarms: props.alarms,
    });
  }

  /** What the service does by the clock: of a release that has ended, as its tasks are. */
  private runJobs(
    props: Omit<ServiceStackProps, 'image'> & Pick<ServiceProps, 'collecting' | 'image'>,
    spec: Spec,
  ): void {
    if (Object.keys(spec.jobs).length === 0) return;
    const { capabilities, name, platform, scopes, site } = props;
    const { logGroup, roles, service } = this.service;
    const jobs = new Jobs(this.service, 'Jobs', {
      ...props,
      service: name,
      jobs: spec.jobs,
      capacity: spec.capacity,
      receives: (job) => jobReceives({ platform, site: site.siteName }, name, job, capabilities),
      roles,
      cluster: props.cluster.cluster,
      subnets: props.vpc.selectSubnets(servicesSubnets(scopes[scopeOf(platform, 'services', name) ?? ''])),
      logGroup,
    });
    jobs.node.addDependency(service);
  }
}
