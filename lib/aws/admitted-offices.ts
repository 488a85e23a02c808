import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { Office } from '../platform/nouns/office';
import type { AwsSite } from '../platform/nouns/site';

export interface AdmittedOfficesProps {
  readonly offices: AwsSite['network']['offices'];
  /** What they must be allowed to reach. */
  readonly kind: Office['reaches'][number];
  /** Who is reached, for people who read the rules. */
  readonly called: string;
  readonly securityGroup: ec2.ISecurityGroup;
  readonly port: number;
}

/** Lets the people of offices in, to one port of one security group, where the definition says so. */
export class AdmittedOffices extends Construct {
  public readonly rules: readonly ec2.CfnSecurityGroupIngress[];

  public constructor(scope: Construct, id: string, props: AdmittedOfficesProps) {
    super(scope, id);
    const { called, kind, offices, port, securityGroup } = props;
    this.rules = Object.entries(offices)
      .filter(([, { reaches }]) => reaches.includes(kind))
      .flatMap(([name, { ranges }]) =>
        ranges.map(
          (cidrIp, index) =>
            new ec2.CfnSecurityGroupIngress(this, `${pascalCase(name)}Range${index + 1}`, {
              groupId: securityGroup.securityGroupId,
              ipProtocol: 'tcp',
              fromPort: port,
              toPort: port,
              cidrIp,
              description: `office ${name} to ${called}`,
            }),
        ),
      );
  }
}
