import { aws_rds as rds, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { instanceEngine, instanceProps, masterSecretOf, parameterGroup, resourceIdOf } from './database-props';
import { instanceMetric, pulseMetric, worstOfInstances } from './database-metrics';
import { acknowledgeAlone, acknowledgeDeletable, defaultPort, inZone } from './database-reasons';
import { DatabaseReplicas } from './database-replicas';
import type { DatabaseServer, DatabaseServerProps } from './database-server';
import { databasePort, masterUser, windows, zoneOf } from './database-settings';
import { refuseOtherAccounts } from './secret-policy';
import { SecretRotation } from './secret-rotation';

/** Replicas follow asynchronously. In seconds. */
const lagSeconds = 60;

/** An instance of RDS with a hidden standby where the stage is protected, and asynchronous replicas in other zones. */
export class MultiAzInstance extends Construct {
  /** Our own, because RDS refuses replicas of an instance whose password it manages; absent without replicas. */
  public readonly secret: rds.DatabaseSecret | undefined;
  public readonly instance: rds.DatabaseInstance;
  public readonly replicas: DatabaseReplicas | undefined;
  public readonly server: DatabaseServer;

  public constructor(scope: Construct, id: string, props: DatabaseServerProps) {
    super(scope, id);
    const { identifier, settings, spec } = props;
    const engine = instanceEngine(spec);
    const parameters = parameterGroup(this, engine, props);
    const replicated = spec.readReplicas > 0;
    this.secret = replicated ? this.createSecret(props) : undefined;
    this.instance = this.createInstance(props, engine, parameters);
    const masterSecret = masterSecretOf(this.instance);
    if (this.secret !== undefined) this.rotate(masterSecret, props);
    this.replicas = replicated
      ? new DatabaseReplicas(this, 'Replicas', { ...props, source: this.instance, parameterGroup: parameters })
      : undefined;
    const instances = [this.instance, ...(this.replicas?.instances ?? [])];
    const identifiers = instances.map(({ instanceIdentifier }) => instanceIdentifier);
    this.server = {
      host: this.instance.instanceEndpoint.hostname,
      resourceId: resourceIdOf(this.instance),
      masterSecret,
      proxyTarget: this.target(engine),
      servers: instances,
      arn: this.instance.instanceArn,
      backupType: 'RDS',
      pooledReaders: false,
      replicas: this.replicas,
      lag: this.replicas === undefined ? undefined : { metric: this.replicas.lag, threshold: lagSeconds },
      worst: (metricName, statistic) => worstOfInstances(identifiers, metricName, statistic),
      writer: (metricName) => worstOfInstances([this.instance.instanceIdentifier], metricName, 'Maximum'),
      pulses: [instanceMetric(this.instance.instanceIdentifier, pulseMetric, 'Maximum')],
      eventSources: {
        detailType: 'RDS DB Instance Event',
        identifiers: [identifier, ...(this.replicas?.identifiers ?? [])],
      },
    };
    acknowledge(this.instance, { ...defaultPort, ...(settings.standby ? {} : inZone) });
    acknowledgeAlone(this.instance, settings.standby);
    acknowledgeDeletable(this.instance, props.protected);
  }

  private createSecret({ secretsKey }: DatabaseServerProps): rds.DatabaseSecret {
    const secret = new rds.DatabaseSecret(this, 'Secret', { username: masterUser, encryptionKey: secretsKey });
    secret.applyRemovalPolicy(RemovalPolicy.RETAIN);
    refuseOtherAccounts(secret);
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

  /** RDS rotates the administrator's password if it is its own, and we if it is ours. */
  private rotate(secret: secretsmanager.ISecret, { endpoints, securityGroup, vpc }: DatabaseServerProps): void {
    new SecretRotation(this, 'Rotation', { secret, vpc, database: securityGroup, port: databasePort, endpoints });
  }

  /** The instance without its groups: the pool opens its own way to it. */
  private target(engine: rds.IInstanceEngine): rds.ProxyTarget {
    return rds.ProxyTarget.fromInstance(
      rds.DatabaseInstance.fromDatabaseInstanceAttributes(this, 'Target', {
        instanceIdentifier: this.instance.instanceIdentifier,
        instanceEndpointAddress: this.instance.instanceEndpoint.hostname,
        port: databasePort,
        securityGroups: [],
        engine,
      }),
    );
  }
}
