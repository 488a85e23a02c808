import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { IConstruct } from 'constructs';
import type { Postgres } from '../platform/nouns/database';
import type { Reach } from './capability';
import type { Parameters } from './database-parameters';
import type { DatabaseSettings } from './database-settings';

/** What every topology is given. */
export interface DatabaseServerProps {
  /** Name by which people find it. It is fixed, so that replacing the database fails instead of starting an empty one. */
  readonly identifier: string;
  /** Name of the database inside. */
  readonly databaseName: string;
  readonly spec: Postgres;
  readonly settings: DatabaseSettings;
  readonly parameters: Parameters;
  readonly vpc: ec2.IVpc;
  /** Subnets in which it stands. */
  readonly subnets: ec2.SubnetSelection;
  readonly subnetGroup: rds.ISubnetGroup;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly monitoringRole: iam.IRole;
  readonly key: kms.IKey;
  readonly secretsKey: kms.IKey;
  readonly protected: boolean;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
}

/** Readers that the pool cannot reach; services go to them directly. */
export interface Replicas {
  readonly securityGroup: ec2.ISecurityGroup;
  /** At least one; `resourceId` is by which IAM knows it. */
  readonly servers: readonly { readonly host: string; readonly resourceId: string }[];
}

/** A PostgreSQL server, however it stands. */
export interface DatabaseServer {
  /** Where writes go, without pooling: for migrations. */
  readonly host: string;
  /** By which IAM knows it. */
  readonly resourceId: string;
  /** Login of the administrator. */
  readonly masterSecret: secretsmanager.ISecret;
  readonly proxyTarget: rds.ProxyTarget;
  /** The servers themselves: after their log groups, before the pool that looks for them. */
  readonly servers: readonly IConstruct[];
  /** What is backed up, and as what AWS Backup knows it. */
  readonly arn: string;
  readonly backupType: 'Aurora' | 'RDS';
  /** Whether the pool can send reads to readers. */
  readonly pooledReaders: boolean;
  /** Absent where the pool reaches every reader. */
  readonly replicas?: Replicas | undefined;
  /** How far the slowest reader is behind, and from when that is too much; absent without readers. */
  readonly lag?: { readonly metric: cloudwatch.IMetric; readonly threshold: number } | undefined;
  /** The highest, or lowest, value among its instances. */
  readonly worst: (metricName: string, statistic: 'Maximum' | 'Minimum') => cloudwatch.IMetric;
  /** The highest value of a metric that the server which takes writes has. */
  readonly writer: (metricName: string) => cloudwatch.IMetric;
  /** Metrics that each server which may take writes tells every minute: where all are silent, nothing takes writes. None is a sum. */
  readonly pulses: readonly cloudwatch.Metric[];
  /** What its events are sent for. */
  readonly eventSources: { readonly detailType: string; readonly identifiers: readonly string[] };
}

/** Subnets without a way out. */
export const dataSubnets: ec2.SubnetSelection = { subnetGroupName: 'data' };

/** How often the operating system is measured, in seconds. */
export const monitoringSeconds = 60;
