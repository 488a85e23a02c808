import { aws_ec2 as ec2 } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { LinkNetwork } from '../platform/link-network';
import { databasePort } from './database-settings';

export interface LinkDatabaseProps {
  /** Group of the database's servers. */
  readonly securityGroup: ec2.ISecurityGroup;
  readonly callers: LinkNetwork['azure']['databaseCallers'];
}

/**
 * Lets the recovery site reach the servers of a database, which take replication; the pool before them does not, and stays closed.
 * The way back is open, too: after a failover, the servers here subscribe to those there.
 */
export class LinkDatabase extends Construct {
  public constructor(scope: Construct, id: string, props: LinkDatabaseProps) {
    super(scope, id);
    const { callers, securityGroup } = props;
    const rule = {
      groupId: securityGroup.securityGroupId,
      ipProtocol: 'tcp',
      fromPort: databasePort,
      toPort: databasePort,
    };
    for (const [who, cidrIp] of Object.entries(callers)) {
      new ec2.CfnSecurityGroupIngress(this, `${pascalCase(who)}Ingress`, {
        ...rule,
        cidrIp,
        description: `${who} of the recovery site replicate the database`,
      });
    }
    new ec2.CfnSecurityGroupEgress(this, 'ServersEgress', {
      ...rule,
      cidrIp: callers.servers,
      description: 'the database replicates servers of the recovery site, on the way back',
    });
  }
}
