import {
  ArnFormat,
  aws_ec2 as ec2,
  aws_elasticache as elasticache,
  aws_iam as iam,
  type CfnResource,
  Names,
  RemovalPolicy,
  Stack,
  Tags,
} from 'aws-cdk-lib';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { awsPorts } from '../platform/aws-ports';
import { refuse, type Problem } from '../platform/error';
import type { Cache as Model } from '../platform/nouns/cache';
import type { Platform } from '../platform/platform';
import { acknowledge } from './acknowledge';
import type { Alarms } from './alarms';
import { raiseCacheAlarms } from './cache-alarms';
import { cacheSettings, type CacheSettings } from './cache-settings';
import { CacheUsers } from './cache-users';
import type { Capability, Reach, Use } from './capability';
import { answerTo } from './grants';
import { dataSubnets } from './database-server';
import { encryptedLogGroup } from './log-group';
import { named } from '../platform/named';

export interface CacheProps {
  /** Name of the part. */
  readonly name: string;
  readonly spec: Model;
  readonly platform: Pick<Platform, 'name' | 'stageName'>;
  /** Services that use it; each has a user. */
  readonly users: readonly string[];
  /** Services whose tasks tell each other over channels, in whichever of their caches. @default - none */
  readonly talkers?: readonly string[];
  /** Whether the gateway counts its requests here. It proves who it is by a password. @default false */
  readonly gatewayUser?: boolean;
  readonly vpc: ec2.IVpc;
  /** Encrypts data and snapshots. */
  readonly key: kms.IKey;
  readonly secretsKey: kms.IKey;
  readonly logsKey: kms.IKey;
  readonly alarms: Alarms;
  readonly logDays: number;
  /** Whether the stage must survive the loss of a zone. A cache without replicas is then a finding. */
  readonly protected: boolean;
}

const port = awsPorts.caches;

const permissions = { caches: ['elasticache:Connect'] } as const;

const logTypes = [
  { id: 'SlowLog', logType: 'slow-log' },
  { id: 'EngineLog', logType: 'engine-log' },
] as const;

/** Outlives its stack: a cache that is kept cannot be without its groups. */
function kept<Resource extends CfnResource>(resource: Resource): Resource {
  resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  return resource;
}

/** Kong's open-source client knows one host and does not follow a cluster's redirections. */
function gatewayProblems({ name, spec, gatewayUser = false }: CacheProps): readonly Problem[] {
  if (!gatewayUser || spec.shards === 1) return [];
  return [
    {
      path: `caches.${name}.shards`,
      got: spec.shards,
      allowed: '1 for the cache in which the gateway counts, on aws',
      remedy: 'let gateway.limitsCache name a cache with one shard',
    },
  ];
}

/**
 * A Redis-compatible cache: in the data subnets, TLS only, encrypted with the given key, with a user a service who
 * proves by IAM who it is. With replicas it stands in several zones and fails over by itself.
 *
 * A client signs its IAM token for the replication group's id, which is the second label of the host.
 */
export class Cache extends Construct implements Capability {
  public readonly group: elasticache.CfnReplicationGroup;
  public readonly securityGroup: ec2.SecurityGroup;
  /** `username` and `password` of the gateway's user, if it has one. */
  public readonly gatewaySecret?: secretsmanager.ISecret;
  public readonly secrets = {};
  public readonly reach: readonly Reach[];
  /** Where clients connect: the primary, or the cluster as a whole. */
  public readonly host: string;
  private readonly users: Readonly<Record<string, elasticache.CfnUser>>;

  public constructor(scope: Construct, id: string, props: CacheProps) {
    super(scope, id);
    const { name, spec, platform, vpc } = props;
    refuse('cache on aws', gatewayProblems(props));
    const settings = cacheSettings(name, spec);
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: `Cache ${name}`,
      allowAllOutbound: false,
    });
    this.reach = [{ id: 'Endpoint', securityGroup: this.securityGroup, port }];
    const all = CacheUsers.of(this, name, { platform, engine: spec.engine, secretsKey: props.secretsKey });
    this.users = Object.fromEntries(
      props.users.map((service) => [service, all.service(service, props.talkers?.includes(service) ?? false)]),
    );
    const gateway = props.gatewayUser === true ? all.gateway() : undefined;
    if (gateway !== undefined) this.gatewaySecret = gateway.secret;
    const members = [all.defaultUser, ...Object.values(this.users), ...(gateway === undefined ? [] : [gateway.user])];
    this.group = this.createGroup(props, settings, this.createUserGroup(props, members));
    this.host = spec.shards === 1 ? this.group.attrPrimaryEndPointAddress : this.group.attrConfigurationEndPointAddress;
    Tags.of(this).add('data-class', spec.dataClass);
    this.acknowledgeFindings(props);
    raiseCacheAlarms(this, {
      name,
      spec,
      maxClients: settings.maxClients,
      replicationGroupId: this.group.ref,
      alarms: props.alarms,
    });
  }

  public values(service: string): Readonly<Record<string, string>> {
    return { host: this.host, port: String(port), user: this.userOf(service).userName };
  }

  public grant(grantee: iam.IGrantable, use: Use): void {
    const actions = answerTo(this.node.path, permissions, use);
    const group = Stack.of(this).formatArn({
      service: 'elasticache',
      resource: 'replicationgroup',
      resourceName: this.group.ref,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    iam.Grant.addToPrincipal({
      grantee,
      actions: [...actions],
      resourceArns: [group, this.userOf(use.service).attrArn],
    });
  }

  private userOf(service: string): elasticache.CfnUser {
    return named(`${this.node.path}: users`, this.users, service);
  }

  private createUserGroup({ spec }: CacheProps, members: readonly elasticache.CfnUser[]): elasticache.CfnUserGroup {
    return kept(
      new elasticache.CfnUserGroup(this, 'Users', {
        engine: spec.engine,
        // CloudFormation makes no name for it.
        userGroupId: Names.uniqueResourceName(this, { maxLength: 40 }).toLowerCase(),
        userIds: members.map(({ ref }) => ref),
      }),
    );
  }

  private createGroup(
    { name, vpc, key, logsKey, logDays }: CacheProps,
    { family, parameters, group }: CacheSettings,
    users: elasticache.CfnUserGroup,
  ): elasticache.CfnReplicationGroup {
    const subnets = vpc.selectSubnets(dataSubnets);
    const replicationGroup = new elasticache.CfnReplicationGroup(this, 'Group', {
      ...group,
      replicationGroupDescription: `Cache ${name}`,
      port,
      atRestEncryptionEnabled: true,
      kmsKeyId: key.keyArn,
      transitEncryptionEnabled: true,
      transitEncryptionMode: 'required',
      userGroupIds: [users.ref],
      securityGroupIds: [this.securityGroup.securityGroupId],
      cacheSubnetGroupName: kept(
        new elasticache.CfnSubnetGroup(this, 'Subnets', {
          description: `Data subnets for cache ${name}`,
          subnetIds: subnets.subnetIds,
        }),
      ).ref,
      cacheParameterGroupName: kept(
        new elasticache.CfnParameterGroup(this, 'Parameters', {
          description: `Parameters of cache ${name}`,
          cacheParameterGroupFamily: family,
          properties: { ...parameters },
        }),
      ).ref,
      logDeliveryConfigurations: logTypes.map(({ id, logType }) => ({
        logType,
        logFormat: 'json',
        destinationType: 'cloudwatch-logs',
        destinationDetails: {
          cloudWatchLogsDetails: {
            logGroup: encryptedLogGroup(this, id, { key: logsKey, days: logDays }).logGroupName,
          },
        },
      })),
    });
    // Without it a change of the number of shards replaces the cache.
    replicationGroup.cfnOptions.updatePolicy = { useOnlineResharding: true };
    return kept(replicationGroup);
  }

  /** A cache without replicas is let pass only where the stage is not protected. */
  private acknowledgeFindings({ spec, ...props }: CacheProps): void {
    acknowledge(this.group, {
      'AwsSolutions-AEC6':
        'Every client is a user of its own, by IAM or by password; one password for all is for clients without users.',
      ...(spec.engine === 'redis'
        ? {
            'AwsSolutions-AEC5':
              'The port is open to the security groups of its users alone, and an unusual one hides nothing from those.',
          }
        : {}),
      ...(spec.snapshotRetentionDays < 15
        ? {
            'NIST.800.53.R5-ElastiCacheRedisClusterAutomaticBackup':
              'What a cache holds is rebuilt or expires within days; the platform says how long its snapshots are worth keeping.',
          }
        : {}),
      ...(spec.replicas === 0 && !props.protected
        ? { 'AwsSolutions-AEC4': 'This stage is not protected and does without a second zone to be cheap.' }
        : {}),
    });
  }
}
