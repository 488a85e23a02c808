import { about, type Row } from '../../support/about';
import { reference } from '../../support/graph';
import { absent, all, containing, exactly, like, oneOf, present } from '../../support/matchers';

const network = 'Network/Network/CardsScope';
const archive = 'Scopes/Cards/Archive';
const lists = { stack: 'Network', type: 'AWS::EC2::NetworkAclEntry' } as const;
const where = (path: string) => ({ where: new RegExp(`/${path}$`) });

/** The network of payments by card: what passes its edge, and how it leads out. */
export const scopeNetworkRow: Row = {
  row: 'PCI-DSS scope: network',
  expectations: [
    ...about(
      { ...lists, where: /Lists\/ServicesIn[123]$/, count: 3 },
      {
        'what is called in the scope is its port': { path: 'PortRange', is: { From: 8080, To: 8080 } },
        'what is called in the scope is called by TCP': { path: 'Protocol', is: 6 },
        'callers of the scope stand in the subnets of services': {
          path: 'CidrBlock',
          is: like(/^10\.28\.(0|32|64)\.0\/19$/),
        },
        'callers are let in': { path: 'RuleAction', is: 'allow' },
        'callers come in': { path: 'Egress', is: oneOf(false, 0) },
        'callers are let in by the list of services': {
          path: 'NetworkAclId',
          is: reference(`${network}/Lists/ServicesList`, 'Id'),
        },
      },
    ),
    ...about(
      { ...lists, ...where('Lists/ServicesIn4'), count: 1 },
      { 'everybody else answers': { path: 'PortRange', is: { From: 32_768, To: 60_999 } } },
    ),
    { ...lists, name: 'nothing else is let in to the services of the scope', where: /Lists\/ServicesIn\d+$/, count: 4 },
    ...about(
      { ...lists, where: /Lists\/DatabasesIn[1-6]$/, count: 6 },
      { 'databases of the scope are asked at their port': { path: 'PortRange', is: { From: 5432, To: 5432 } } },
    ),
    ...about(
      { ...lists, where: /Lists\/Databases(In|Out)\d+$/, count: 15 },
      {
        'databases of the scope speak with the scope alone': { path: 'CidrBlock', is: like(/^10\.28\.\d+\.0\/24$/) },
        'databases of the scope speak TCP': { path: 'Protocol', is: 6 },
      },
    ),
    ...about(lists, { 'whatever passes the edge of the scope is TCP': { path: 'Protocol', is: 6 } }),
    { name: 'services and databases have a list each', stack: 'Network', type: 'AWS::EC2::NetworkAcl', count: 2 },
    ...about(
      { stack: 'Network', type: 'AWS::EC2::SubnetNetworkAclAssociation', count: 6 },
      {
        'every subnet of the scope has its list': {
          path: 'NetworkAclId',
          is: like(/CardsScope\/Lists\/(Services|Databases)List/),
        },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::NetworkFirewall::RuleGroup', count: 1 },
      {
        'the scope goes out to Stripe by TLS, and to nobody else': {
          path: 'RuleGroup.RulesSource.RulesString',
          is: like(
            /^pass tls \$SOURCES any -> any 443 \(tls\.sni; content:"api\.stripe\.com"; startswith; endswith; nocase; flow:to_server; sid:1; rev:1;\)$/,
          ),
        },
        'those who go out are the services of the scope': {
          path: 'RuleGroup.RuleVariables.IPSets.SOURCES.Definition',
          is: exactly('10.28.120.0/24', '10.28.121.0/24', '10.28.122.0/24'),
        },
        'rules hold in their order': { path: 'RuleGroup.StatefulRuleOptions.RuleOrder', is: 'STRICT_ORDER' },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::NetworkFirewall::FirewallPolicy', count: 1 },
      {
        'whatever is not named is dropped': {
          path: 'FirewallPolicy.StatefulDefaultActions',
          is: exactly('aws:drop_established', 'aws:alert_established'),
        },
        'no packet passes by without the rules': {
          path: 'FirewallPolicy.StatelessDefaultActions',
          is: exactly('aws:forward_to_sfe'),
        },
        'no part of a packet passes by without the rules': {
          path: 'FirewallPolicy.StatelessFragmentDefaultActions',
          is: exactly('aws:forward_to_sfe'),
        },
        'the firewall has the rules of the scope': {
          path: 'FirewallPolicy.StatefulRuleGroupReferences[*].ResourceArn',
          is: reference(`${network}/Egress/Rules`, 'RuleGroupArn'),
        },
        'the firewall keeps the order of rules': {
          path: 'FirewallPolicy.StatefulEngineOptions.RuleOrder',
          is: 'STRICT_ORDER',
        },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::NetworkFirewall::Firewall', count: 1 },
      {
        'the firewall stands in every zone': {
          path: 'SubnetMappings[*].SubnetId',
          is: like(/cards-egressSubnet[123]/),
        },
        'the firewall cannot be deleted': { path: 'DeleteProtection', is: true },
        'the firewall keeps its policy': { path: 'FirewallPolicyChangeProtection', is: true },
        'the firewall keeps its subnets': { path: 'SubnetChangeProtection', is: true },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::NetworkFirewall::LoggingConfiguration', count: 1 },
      {
        'the firewall writes to the archive': {
          path: 'LoggingConfiguration.LogDestinationConfigs[*].LogDestination.bucketName',
          is: reference(`${archive}/Bucket`),
        },
        'the firewall writes what it refused, and what passed': {
          path: 'LoggingConfiguration.LogDestinationConfigs[*].LogType',
          is: oneOf('ALERT', 'FLOW'),
        },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::CloudWatch::Alarm', ...where('Egress/Refused'), count: 1 },
      {
        'somebody is called when the scope is refused its way': {
          path: 'AlarmDescription',
          is: like(/docs\/runbooks\/scope\.md/),
        },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::EC2::Route', where: /CardsScope\/Out/, count: 3 },
      {
        'the scope goes out by its firewall': { path: 'VpcEndpointId', is: present },
        'the scope goes out by no gateway': { path: 'NatGatewayId', is: absent },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::EC2::Route', where: /CardsScope\/Back/, count: 9 },
      { 'answers come back by the firewall': { path: 'VpcEndpointId', is: present } },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::EC2::FlowLog', where: /CardsScope\//, count: 6 },
      {
        'every connection of the scope is in its archive': {
          path: 'LogDestination',
          is: like(/Scopes\/Cards\/Archive\/Bucket/),
        },
        'refused connections are, too': { path: 'TrafficType', is: 'ALL' },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::EC2::Subnet', where: /cards-(services|databases|egress)Subnet/, count: 9 },
      {
        'subnets of the scope are in a zone each': { path: 'AvailabilityZone', is: like(/^us-east-2[abc]$/) },
        'subnets of the scope give no public address': { path: 'MapPublicIpOnLaunch', is: oneOf(false, 0) },
        'subnets of the scope have ranges of their own': { path: 'CidrBlock', is: like(/^10\.28\.\d+\.0\/24$/) },
      },
    ),
    ...about(
      { stack: 'Network', type: 'AWS::EC2::VPCEndpoint', ...where('Objects'), count: 1 },
      {
        'the scope reaches buckets of AWS inside the network': {
          path: 'RouteTableIds',
          is: all(present, containing(reference('Network/Network/Vpc/cards-servicesSubnet1/RouteTable'))),
        },
      },
    ),
  ],
};
