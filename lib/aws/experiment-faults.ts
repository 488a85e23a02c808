import type * as fis from 'aws-cdk-lib/aws-fis';
import { aws_iam as iam } from 'aws-cdk-lib';
import { named } from '../platform/named';
import type { Postgres } from '../platform/nouns/database';
import type { Experiment } from '../platform/nouns/experiments';
import { partitionStatements, type ExperimentPlace } from './experiment-statements';
import { regional } from './regional';
import { required } from '../platform/required';

/** What of a site experiments reach, by name. */
export interface Breakable extends ExperimentPlace {
  /** Tags that everything of the stage bears. */
  readonly tags: Readonly<Record<string, string>>;
  readonly zones: readonly string[];
  /** Services that are tasks, and the cluster they run in. */
  readonly services: Readonly<Record<string, { readonly service: string; readonly cluster: string }>>;
  readonly databases: Readonly<Record<string, { readonly arn: string; readonly topology: Postgres['topology'] }>>;
}

/** What an experiment does, to what, and what it may do for it. */
export interface Fault {
  readonly actionId: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** What the action calls its target. */
  readonly targetKey: string;
  readonly target: fis.CfnExperimentTemplate.ExperimentTemplateTargetProperty;
  readonly statements: readonly iam.PolicyStatement[];
  /** ARNs in the statements that end in `*`, each with its reason. */
  readonly contents: Readonly<Record<string, string>>;
}

/**
 * An experiment as AWS Fault Injection Service knows it.
 *
 * @throws Error when the site has not what is to break, which the checks of a platform refuse before.
 */
export function faultOf(spec: Experiment, site: Breakable): Fault {
  switch (spec.kind) {
    case 'stop-tasks':
      return stoppedTasks(spec, site);
    case 'network-partition':
      return partition(spec, site);
    case 'database-failover':
      return failover(spec, site);
  }
}

type Of<Kind extends Experiment['kind']> = Experiment & { readonly kind: Kind };

function stoppedTasks({ percent, service: name }: Of<'stop-tasks'>, site: Breakable): Fault {
  const { cluster, service } = named('services', site.services, name);
  const tasks = `arn:${site.partition}:ecs:${site.region}:${site.account}:task/${cluster}/*`;
  return {
    actionId: 'aws:ecs:stop-task',
    targetKey: 'Tasks',
    target: {
      resourceType: 'aws:ecs:task',
      selectionMode: `PERCENT(${percent})`,
      resourceTags: site.tags,
      parameters: { cluster, service },
    },
    statements: [
      new iam.PolicyStatement({ actions: ['ecs:DescribeTasks', 'ecs:StopTask'], resources: [tasks] }),
      regional(site.region, ['ecs:ListTasks', 'tag:GetResources']),
    ],
    contents: { [tasks]: 'Tasks have new names every time; the cluster is the one of the stage.' },
  };
}

function partition({ minutes, zone }: Of<'network-partition'>, site: Breakable): Fault {
  const subnetTags = { ...site.tags, 'aws-cdk:subnet-name': 'app' };
  const every = (resource: string) => `arn:${site.partition}:ec2:${site.region}:${site.account}:${resource}/*`;
  return {
    actionId: 'aws:network:disrupt-connectivity',
    parameters: { duration: `PT${minutes}M`, scope: 'availability-zone' },
    targetKey: 'Subnets',
    target: {
      resourceType: 'aws:ec2:subnet',
      selectionMode: 'ALL',
      resourceTags: subnetTags,
      filters: [{ path: 'AvailabilityZone', values: [required(`zone ${zone}`, site.zones[zone - 1])] }],
    },
    statements: [...partitionStatements(site, subnetTags), regional(site.region, ['tag:GetResources'])],
    contents: {
      [every('network-acl')]:
        'Lists are made by the experiment and have no names before; it may change and remove those alone that bear its tag.',
      [every('subnet')]: 'Subnets are chosen by the tags of the stage and of services, which a condition asks for.',
    },
  };
}

function failover({ database: name }: Of<'database-failover'>, site: Breakable): Fault {
  const { arn, topology } = named('databases', site.databases, name);
  const one = topology === 'multi-az-instance';
  return {
    actionId: one ? 'aws:rds:reboot-db-instances' : 'aws:rds:failover-db-cluster',
    ...(one ? { parameters: { forceFailover: 'true' } } : {}),
    targetKey: one ? 'DBInstances' : 'Clusters',
    target: { resourceType: one ? 'aws:rds:db' : 'aws:rds:cluster', selectionMode: 'ALL', resourceArns: [arn] },
    statements: [
      new iam.PolicyStatement({
        actions: [one ? 'rds:RebootDBInstance' : 'rds:FailoverDBCluster'],
        resources: [arn],
      }),
      regional(site.region, [one ? 'rds:DescribeDBInstances' : 'rds:DescribeDBClusters', 'tag:GetResources']),
    ],
    contents: {},
  };
}
