import { Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Fault } from '../support/fault';
import { first, stackOf } from '../support/tree';

const scope = 'cards';

/** What must be found of parts that are set apart from all others. */
export const scopes: readonly Fault[] = [
  {
    rule: 'scope-keys',
    says: `is a role with which tasks of the scope ${scope} run, and has no bound`,
    plant: (app) => {
      const principals = [new iam.ServicePrincipal('ecs-tasks.amazonaws.com')];
      const statement = new iam.PolicyStatement({ actions: ['sts:AssumeRole'], principals });
      const assumeRolePolicyDocument = new iam.PolicyDocument({ statements: [statement] });
      const role = new iam.CfnRole(stackOf(app, 'Delivery'), 'PlantedTaskRole', { assumeRolePolicyDocument });
      Tags.of(role).add('scope', scope);
      return role;
    },
  },
  {
    rule: 'scope-reach',
    says: `of the scope ${scope} on 8080, allowed is the scope itself: declare the call, or remove the rule`,
    plant: (app) => {
      const network = stackOf(app, 'Network');
      const { attrVpcId: vpcId } = first(network, ec2.CfnVPC);
      const group = new ec2.CfnSecurityGroup(network, 'PlantedGroup', {
        groupDescription: 'Planted',
        vpcId,
        securityGroupIngress: [{ ipProtocol: 'tcp', fromPort: 8080, toPort: 8080, cidrIp: '10.0.0.0/16' }],
      });
      Tags.of(group).add('scope', scope);
      return group;
    },
  },
];
