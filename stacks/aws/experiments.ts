import { Stack } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { FargateService, ICluster } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import type { Alarms } from '../../lib/aws/alarms';
import type { Balancer } from '../../lib/aws/balancer';
import type { Database } from '../../lib/aws/database';
import { Experiments } from '../../lib/aws/experiments';
import type { Keys } from '../../lib/aws/keys';
import { stagePrefix } from '../../lib/platform/names';
import type { Faults } from '../../lib/platform/nouns/experiments';
import { postgresOn } from '../../lib/platform/placed-databases';
import { required } from '../../lib/platform/required';
import { placedTags, preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface ExperimentsStackProps extends PlatformStackProps {
  readonly faults: Faults;
  readonly vpc: IVpc;
  readonly balancer: Pick<Balancer, 'loadBalancer'>;
  /** Where services are tasks; absent where they are pods. */
  readonly tasks: ICluster | undefined;
  readonly services: readonly { readonly name: string; readonly service: { readonly service: FargateService } }[];
  /** Databases of the site, by name. */
  readonly databases: Readonly<Record<string, Database>>;
  readonly keys: Pick<Keys, 'logs'>;
  readonly alarms: Alarms;
}

/** Every experiment of the platform, to be started by people. Refers to what it breaks; nothing refers to it. */
export class ExperimentsStack extends Stack {
  public readonly experiments: Experiments;

  public constructor(scope: Construct, id: string, props: ExperimentsStackProps) {
    super(scope, id, props);
    preparePlatformStack(this, props);
    const { alarms, balancer, databases, faults, keys, platform, services, site, tasks, vpc } = props;
    const { account, partition, region } = this;
    const cluster = () => required('cluster of tasks', tasks).clusterName;
    this.experiments = new Experiments(this, 'Experiments', {
      experiments: platform.experiments,
      faults,
      prefix: stagePrefix(platform),
      site: {
        account,
        partition,
        region,
        vpcArn: vpc.vpcArn,
        tags: placedTags(platform),
        zones: site.zones,
        services: Object.fromEntries(
          services.map(({ name, service }) => [name, { service: service.service.serviceName, cluster: cluster() }]),
        ),
        databases: Object.fromEntries(
          postgresOn(platform, site.siteName).flatMap(([name, { topology }]) => {
            const made = databases[name];
            return made === undefined ? [] : [[name, { arn: made.server.arn, topology }]];
          }),
        ),
      },
      loadBalancer: balancer.loadBalancer,
      logsKey: keys.logs,
      logDays: platform.stage.logDays,
      alarms,
    });
  }
}
