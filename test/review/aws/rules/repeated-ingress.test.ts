import { repeatedIngress } from '../../../../lib/review/aws/rules/repeated-ingress';
import { judges } from '../fixtures';

const GROUP = { Type: 'AWS::EC2::SecurityGroup' };
const rule = (port: number, source: unknown, description: string) => ({
  Type: 'AWS::EC2::SecurityGroupIngress',
  Properties: {
    GroupId: { 'Fn::GetAtt': ['Brokers', 'GroupId'] },
    IpProtocol: 'tcp',
    FromPort: port,
    ToPort: port,
    SourceSecurityGroupId: source,
    Description: description,
  },
});

const orders = { 'Fn::GetAtt': ['Orders', 'GroupId'] };

const VALID = {
  Brokers: GROUP,
  Orders: GROUP,
  Payments: GROUP,
  FromOrders: rule(9098, orders, 'orders to brokers'),
  FromPayments: rule(9098, { 'Fn::GetAtt': ['Payments', 'GroupId'] }, 'payments to brokers'),
  Elsewhere: rule(9094, orders, 'orders to brokers, elsewhere'),
};

describe('repeated-ingress', () => {
  judges(repeatedIngress, VALID, [
    [
      'the same traffic is let in twice, for two reasons',
      'FromPayments/Properties/SourceSecurityGroupId',
      orders,
      'FromPayments: the same traffic is let in by shop-production/Stack/FromOrders (FromOrders)',
    ],
  ]);
});
