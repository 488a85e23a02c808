import { aws_ec2 as ec2, aws_secretsmanager as secretsmanager, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Reach } from './capability';
import { Connection } from './connection';

export interface SecretRotationProps {
  /** Login of a PostgreSQL administrator, attached to its server. */
  readonly secret: secretsmanager.ISecret;
  readonly vpc: ec2.IVpc;
  /** Group of the server. */
  readonly database: ec2.ISecurityGroup;
  readonly port: number;
  /** Private endpoints of AWS services; empty where the site has none. */
  readonly endpoints: readonly Reach[];
}

/** A password that machines change is used for so long, in days. */
export const rotationDays = 30;

/** Changes the password of a server's administrator every month, by the function that Secrets Manager offers for it. */
export class SecretRotation extends Construct {
  public readonly securityGroup: ec2.SecurityGroup;
  public readonly schedule: secretsmanager.RotationSchedule;

  public constructor(scope: Construct, id: string, props: SecretRotationProps) {
    super(scope, id);
    const { database, endpoints, port, secret, vpc } = props;
    this.securityGroup = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'Rotation of the database administrator password',
      allowAllOutbound: false,
    });
    this.securityGroup.addEgressRule(ec2.Peer.anyIpv4(), ec2.Port.HTTPS, 'Secrets Manager');
    const description = 'rotation to the database';
    new Connection(this, 'Database', { from: this.securityGroup, to: database, port, description });
    for (const { id: endpoint, securityGroup: to, port: at } of endpoints) {
      new Connection(this, endpoint, {
        from: this.securityGroup,
        to,
        port: at,
        description: 'rotation to AWS endpoints',
      });
    }
    this.schedule = new secretsmanager.RotationSchedule(this, 'Schedule', {
      secret,
      automaticallyAfter: Duration.days(rotationDays),
      hostedRotation: secretsmanager.HostedRotation.postgreSqlSingleUser({
        vpc,
        vpcSubnets: { subnetGroupName: 'app' },
        securityGroups: [this.securityGroup],
      }),
    });
  }
}
