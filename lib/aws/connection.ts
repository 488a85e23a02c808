import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** Who calls whom, at which port. */
export interface ConnectionProps {
  /** Group of the caller. */
  readonly from: ec2.ISecurityGroup;
  /** Group of the called. */
  readonly to: ec2.ISecurityGroup;
  /** TCP port of the called. */
  readonly port: number;
  /** Who calls whom, for people who read the rules. */
  readonly description: string;
}

/**
 * A network path from one security group to one port of another: both rules, in the stack of the caller. Groups that
 * call each other therefore never make their stacks depend on each other.
 */
export class Connection extends Construct {
  public readonly ingress: ec2.CfnSecurityGroupIngress;
  public readonly egress: ec2.CfnSecurityGroupEgress;

  public constructor(scope: Construct, id: string, props: ConnectionProps) {
    super(scope, id);
    const { from, to, port, description } = props;
    const rule = { ipProtocol: 'tcp', fromPort: port, toPort: port, description };
    this.ingress = new ec2.CfnSecurityGroupIngress(this, 'Ingress', {
      ...rule,
      groupId: to.securityGroupId,
      sourceSecurityGroupId: from.securityGroupId,
    });
    this.egress = new ec2.CfnSecurityGroupEgress(this, 'Egress', {
      ...rule,
      groupId: from.securityGroupId,
      destinationSecurityGroupId: to.securityGroupId,
    });
  }
}
