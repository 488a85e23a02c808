import { about, type Row } from '../../support/about';
import { archived } from '../../support/archived';
import { reference } from '../../support/graph';
import { exactly, like, oneOf, present } from '../../support/matchers';

const keyOf = (name: string) => reference(`Security/CardsKeys/${name}`, 'Arn');
const boundary = reference('Scopes/Cards/Boundary');
const nodes = 'Cluster/CardsNodes/SecurityGroup';
const others = reference('Cluster/Cluster/Cluster', 'ClusterSecurityGroupId');
const ingress = { type: 'AWS::EC2::SecurityGroupIngress' } as const;
const lists = { stack: 'Network', type: 'AWS::EC2::NetworkAclEntry' } as const;

/** Payments by card where services are pods: nodes, network, roles and logs of the scope, as on ECS its tasks have them. */
export const scopeOnEksRow: Row = {
  row: 'PCI-DSS scope with pods',
  expectations: [
    ...about(
      { ...ingress, where: /CardsNodes\/Paths\/Into\d+\/Ingress$/, count: 3 },
      {
        'nodes of the scope are reached by other nodes alone': { path: 'SourceSecurityGroupId', is: others },
        'nodes of the scope are reached at ports of payment, of figures and of their kubelet': {
          path: 'FromPort',
          is: oneOf(8080, 10_250, 15_020),
        },
        'each is one port': { path: 'ToPort', is: oneOf(8080, 10_250, 15_020) },
      },
    ),
    {
      ...ingress,
      name: 'nothing else is let in to nodes of the scope',
      having: { GroupId: reference(nodes) },
      count: 3,
    },
    ...about(
      { ...ingress, having: { GroupId: like(/Data\/PaymentsDatabase/) }, where: /Cluster\// },
      {
        'the database of payments lets nodes of the scope in alone': {
          path: 'SourceSecurityGroupId',
          is: reference(nodes),
        },
      },
    ),
    ...about(
      { ...lists, where: /Lists\/ServicesIn[1-9]$/, count: 9 },
      {
        'what is let in to the subnets of pods is one port': {
          path: 'PortRange.From',
          is: oneOf(8080, 10_250, 15_020),
        },
        'it comes from the subnets of services': { path: 'CidrBlock', is: like(/^10\.28\.(0|32|64)\.0\/19$/) },
        'it comes by TCP': { path: 'Protocol', is: 6 },
      },
    ),
    { ...lists, name: 'everybody else answers', where: /Lists\/ServicesIn\d+$/, count: 10 },
    ...about(
      { stack: 'Network', type: 'AWS::EC2::Subnet', where: /cards-servicesSubnet/, count: 3 },
      {
        'nodes of the scope find its subnets by a tag': {
          path: 'Tags[Key=mainstay/scope].Value',
          is: 'eks-shopflow-production-cards',
        },
      },
    ),
    ...about(
      { stack: 'Cluster', type: 'AWS::EC2::SecurityGroup', where: /CardsNodes/, count: 1 },
      {
        'and its group by the same': { path: 'Tags[Key=mainstay/scope].Value', is: 'eks-shopflow-production-cards' },
      },
    ),
    ...about(
      { stack: 'Cluster', type: 'AWS::Logs::LogGroup', where: /CardsScopeLogs/, count: 1 },
      {
        'logs of pods of the scope are encrypted with its key': { path: 'KmsKeyId', is: keyOf('Logs') },
        'they are a group of their own': {
          path: 'LogGroupName',
          is: '/aws/containerinsights/eks-shopflow-production/scope-cards',
        },
      },
    ),
    ...about(
      { stack: 'Cluster', type: 'AWS::Logs::SubscriptionFilter', count: 1 },
      { 'what pods of the scope log is copied to its archive': { path: 'DestinationArn', is: present } },
    ),
    ...archived({ stack: 'Scopes', archive: 'Scopes/Cards/Archive', days: 1095, copies: 4, key: keyOf('Logs') }),
    ...about(
      { stack: 'Cluster', type: 'AWS::EKS::Addon', having: { AddonName: 'amazon-cloudwatch-observability' }, count: 1 },
      {
        'lines of payment go to that group': {
          path: 'ConfigurationValues',
          is: like(/application\.\*_shopflow-payment_\*[^]*scope-cards/),
        },
        'lines of migrations of the scope do, too': {
          path: 'ConfigurationValues',
          is: like(/application\.\*_shopflow-migration-cards_\*/),
        },
      },
    ),
    ...about(
      { stack: 'Service-Payment', type: 'AWS::IAM::Role', count: 2 },
      { 'roles of payment are bound': { path: 'PermissionsBoundary', is: boundary } },
    ),
    ...about(
      { stack: 'Cluster', type: 'AWS::IAM::Role', where: /CardsMigrationSecrets/, count: 1 },
      { 'who reads the administrator of payments is bound': { path: 'PermissionsBoundary', is: boundary } },
    ),
    ...about(
      { stack: 'Cluster', type: 'AWS::IAM::ManagedPolicy', where: /Cluster\/Roles\/Keys$/, count: 1 },
      {
        'what starts nodes uses keys of the cluster, of disks and of the scope': {
          path: 'PolicyDocument.Statement[2].Resource',
          is: exactly(reference('Security/Keys/Data', 'Arn'), keyOf('Data')),
        },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::NetworkFirewall::RuleGroup', count: 1 },
      {
        'pods of the scope go out to Stripe': {
          path: 'RuleGroup.RulesSource.RulesString',
          is: like(/api\.stripe\.com/),
        },
      },
    ),
  ],
};
