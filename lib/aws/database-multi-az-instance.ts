import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as rds from 'aws-cdk-lib/aws-rds';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { alarmPeriod } from './alarms';
import { instanceEngine, instanceProps, resourceIdOf } from './database-instance-props';
import { acknowledgeAlone, acknowledgeDeletable, defaultPort, inZone } from './database-reasons';
import { DatabaseReplicas } from './database-replicas';
import type { DatabaseServer, DatabaseServerProps } from './database-server';
import { databasePort, masterUser, windows, zoneOf } from './database-settings';
import { worstOf } from './metrics';
import { SecretRotation } from './secret-rotation';

/** Replicas follow asynchronously. In seconds. */
const lagSeconds = 60;

/** An instance of RDS with a hidden standby where the stage is protected, and asynchronous replicas in other zones. */
export class MultiAzInstance extends Construct implements DatabaseServer {
  /** Our own, because RDS refuses replicas of an instance whose password it manages; absent without replicas. */
  public readonly secret: rds.DatabaseSecret | undefined;
  public readonly instance: rds.DatabaseInstance;
  public readonly replicas: DatabaseReplicas | undefined;
  public readonly host: string;
  public readonly resourceId: string;
  public readonly masterSecret: secretsmanager.ISecret;
  public readonly proxyTarget: rds.ProxyTarget;
  public readonly servers: DatabaseServer['servers'];
  public readonly arn: string;
  public readonly backupType = 'RDS';
  public readonly pooledReaders = false;
  public readonly lag: DatabaseServer['lag'];
  public readonly eventSources: DatabaseServer['eventSources'];
  private readonly instances: readonly rds.IDatabaseInstance[];

  public constructor(scope: Construct, id: string, props: DatabaseServerProps) {
    super(scope, id);
    const { identifier, spec } = props;
    const engine = instanceEngine(spec);
    const parameterGroup = new rds.ParameterGroup(this, 'Parameters', {
      engine,
      parameters: { ...props.parameters },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.secret = spec.readReplicas > 0 ? this.createSecret(props) : undefined;
    this.instance = this.createInstance(props, engine, parameterGroup);
    this.masterSecret = this.attachedSecret(props);
    this.replicas =
      spec.readReplicas > 0
        ? new DatabaseReplicas(this, 'Replicas', { ...props, source: this.instance, parameterGroup })
        : undefined;
    this.instances = [this.instance, ...(this.replicas?.instances ?? [])];
    this.host = this.instance.instanceEndpoint.hostname;
    this.resourceId = resourceIdOf(this.instance);
    this.proxyTarget = this.target(engine);
    this.servers = this.instances;
    this.arn = this.instance.instanceArn;
    this.lag = this.replicas === undefined ? undefined : { metric: this.replicas.lag, threshold: lagSeconds };
    this.eventSources = {
      detailType: 'RDS DB Instance Event',
      identifiers: [identifier, ...(this.replicas?.identifiers ?? [])],
    };
    acknowledge(this.instance, { ...defaultPort, ...(props.settings.standby ? {} : inZone) });
    acknowledgeAlone(this.instance, props.settings.standby);
    acknowledgeDeletable(this.instance, props.protected);
  }

  public worst(metricName: string, statistic: 'Maximum' | 'Minimum'): cloudwatch.IMetric {
    return worstOf(
      statistic,
      this.instances.map((instance) => instance.metric(metricName, { statistic, period: alarmPeriod })),
    );
  }

  private createSecret({ secretsKey }: DatabaseServerProps): rds.DatabaseSecret {
    const secret = new rds.DatabaseSecret(this, 'Secret', { username: masterUser, encryptionKey: secretsKey });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return secret;
  }

  private createInstance(
    props: DatabaseServerProps,
    engine: rds.IInstanceEngine,
    parameterGroup: rds.IParameterGroup,
  ): rds.DatabaseInstance {
    const { settings, spec, vpc } = props;
    return new rds.DatabaseInstance(this, 'Instance', {
      ...instanceProps(props),
      engine,
      parameterGroup,
      instanceIdentifier: props.identifier,
      databaseName: props.databaseName,
      allocatedStorage: spec.storageGiB,
      storageEncrypted: true,
      storageEncryptionKey: props.key,
      securityGroups: [props.securityGroup],
      multiAz: settings.standby,
      ...(settings.standby ? {} : { availabilityZone: zoneOf(vpc.availabilityZones, 0) }),
      backupRetention: Duration.days(spec.backupRetentionDays),
      preferredBackupWindow: windows.backup,
      ...(this.secret === undefined
        ? {
            credentials: rds.Credentials.fromUsername(masterUser, { encryptionKey: props.secretsKey }),
            manageMasterUserPassword: true,
          }
        : { credentials: rds.Credentials.fromSecret(this.secret) }),
    });
  }

  /** The administrator's login, which we rotate if it is ours, and RDS if it is not. */
  private attachedSecret({ endpoints, securityGroup, vpc }: DatabaseServerProps): secretsmanager.ISecret {
    const { node, secret } = this.instance;
    if (secret === undefined) throw new Error(`${node.path} has no secret of its administrator`);
    if (this.secret !== undefined) {
      new SecretRotation(this, 'Rotation', { secret, vpc, database: securityGroup, port: databasePort, endpoints });
    }
    return secret;
  }

  /** The instance without its groups: the pool opens its own way to it. */
  private target(engine: rds.IInstanceEngine): rds.ProxyTarget {
    return rds.ProxyTarget.fromInstance(
      rds.DatabaseInstance.fromDatabaseInstanceAttributes(this, 'Target', {
        instanceIdentifier: this.instance.instanceIdentifier,
        instanceEndpointAddress: this.host,
        port: databasePort,
        securityGroups: [],
        engine,
      }),
    );
  }
}
