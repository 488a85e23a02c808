import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { aws_ec2 as ec2, aws_rds as rds } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';
import { instanceProps, resourceIdOf } from './database-props';
import { worstOfInstances } from './database-metrics';
import { acknowledgeDeletable, defaultPort, inZone } from './database-reasons';
import type { DatabaseServerProps, Replicas } from './database-server';
import { replicaIdentifier, zoneOf } from './database-settings';

export interface DatabaseReplicasProps extends DatabaseServerProps {
  readonly source: rds.IDatabaseInstance;
  readonly parameterGroup: rds.IParameterGroup;
}

/** Asynchronous replicas of an instance, each in another zone while zones last. Services read from them directly. */
export class DatabaseReplicas extends Construct implements Replicas {
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly instances: readonly rds.DatabaseInstanceReadReplica[];
  public readonly identifiers: readonly string[];
  public readonly servers: Replicas['servers'];
  /** How far the slowest one is behind, in seconds. */
  public readonly lag: cloudwatch.IMetric;

  public constructor(scope: Construct, id: string, props: DatabaseReplicasProps) {
    super(scope, id);
    const numbers = Array.from({ length: props.spec.readReplicas }, (_, index) => index + 1);
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      description: 'Replicas of the database',
      allowAllOutbound: false,
    });
    this.identifiers = numbers.map((number) => replicaIdentifier(props.identifier, number));
    this.instances = numbers.map((number) => this.createReplica(props, number));
    this.servers = this.instances.map((replica) => ({
      host: replica.instanceEndpoint.hostname,
      resourceId: resourceIdOf(replica),
    }));
    this.lag = worstOfInstances(
      this.instances.map(({ instanceIdentifier }) => instanceIdentifier),
      'ReplicaLag',
      'Maximum',
    );
  }

  private createReplica(props: DatabaseReplicasProps, number: number): rds.DatabaseInstanceReadReplica {
    const replica = new rds.DatabaseInstanceReadReplica(this, `Replica${number}`, {
      ...instanceProps(props),
      instanceIdentifier: replicaIdentifier(props.identifier, number),
      sourceDatabaseInstance: props.source,
      parameterGroup: props.parameterGroup,
      securityGroups: [this.securityGroup],
      multiAz: false,
      availabilityZone: zoneOf(props.vpc.availabilityZones, number),
    });
    const reason = 'A replica is redundancy itself: it is made again from its source, which has a standby and backups.';
    const encrypted = 'A replica takes the encryption and the key of its source; RDS refuses to be told again.';
    acknowledge(replica, {
      ...defaultPort,
      ...inZone,
      'AwsSolutions-RDS3': reason,
      'NIST.800.53.R5-RDSMultiAZSupport': reason,
      'NIST.800.53.R5-RDSInBackupPlan': reason,
      'AwsSolutions-RDS2': encrypted,
      'NIST.800.53.R5-RDSStorageEncrypted': encrypted,
      'PCI.DSS.321-RDSStorageEncrypted': encrypted,
    });
    acknowledgeDeletable(replica, props.protected);
    return replica;
  }
}
