import { linkPlan, recoveryPair, type LinkPlan, type Tunnel } from '../../lib/platform/link';
import { linkNetwork } from '../../lib/platform/link-network';
import { linkOutput, linkVariable, recoveryStackName } from '../../lib/platform/link-outputs';
import { isObject, listOf, objectOf, stringsOf, textOf, type Json, type JsonObject } from '../../lib/review/json';
import { referent } from '../../lib/review/azure/references';
import { valueAt } from '../../lib/review/azure/settings';
import { resourcesOf, type Resource } from '../../lib/review/azure/stack';
import { platformNames, stagesOn } from '../../bin/inputs';
import { synthesized } from '../support/assembly';
import { synthesizedSite } from '../support/azure-site';

/** A tunnel as both files have it, and nothing of the plan. */
interface Read {
  readonly connection: string;
  readonly tunnel: string;
  readonly inside: string;
}

const stages = platformNames().flatMap((name) =>
  stagesOn(name, 'azure')
    .filter((stage) => recoveryPair(synthesizedSite(name, stage).platform) !== undefined)
    .map((stage) => ({ name, stage })),
);

test('there are stages with a link', () => {
  expect(stages.length).toBeGreaterThan(0);
});

const blocks = (value: Json | undefined): readonly JsonObject[] => listOf(value).filter(isObject);

/** What the template of AWS says of tunnels, in the order of its connections. */
function readAws(name: string, stage: string) {
  const { resources, outputs, stackName } = synthesized(name, stage).stack('Recovery');
  const ofType = (type: string) => resources.filter((each) => each.type === type);
  const byPath = (type: string) =>
    ofType(type)
      .map(({ path, properties }) => ({ path, properties }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    asn: ofType('AWS::EC2::TransitGateway').map(({ properties }) => properties.AmazonSideAsn),
    theirAsns: byPath('AWS::EC2::CustomerGateway').map(({ properties }) => properties.BgpAsn),
    tunnels: byPath('AWS::EC2::VPNConnection').flatMap(({ properties }, connection) =>
      blocks(properties.VpnTunnelOptionsSpecifications).map(({ TunnelInsideCidr }, tunnel): Read => ({
        connection: String(connection + 1),
        tunnel: String(tunnel + 1),
        inside: textOf(TunnelInsideCidr) ?? '',
      })),
    ),
    resolvers: ofType('AWS::Route53Resolver::ResolverEndpoint').map(({ properties }) => ({
      direction: properties.Direction,
      addresses: blocks(properties.IpAddresses).map(({ Ip }) => Ip),
    })),
    asked: ofType('AWS::Route53Resolver::ResolverRule').flatMap(({ properties }) =>
      blocks(properties.TargetIps).map(({ Ip }) => Ip),
    ),
    routes: ofType('AWS::EC2::Route').map(({ properties }) => properties.DestinationCidrBlock),
    outputs: Object.keys(outputs),
    stackName,
  };
}

/** What the files of Terraform say of tunnels, in the order of their names. */
function readAzure(name: string, stage: string) {
  const { site } = synthesizedSite(name, stage);
  const [gateway] = resourcesOf(site, 'azurerm_virtual_network_gateway');
  const bgp = objectOf(gateway?.arguments.bgp_settings);
  const stack = site.stacks.find((each) => each.name === `${name}-${stage}-link`);
  if (stack === undefined) throw new Error('the site must have a link');
  const end = (connection: Resource): Resource | undefined => {
    const properties = objectOf(objectOf(connection.arguments.body).properties);
    return referent(objectOf(properties.localNetworkGateway2).id, stack, site)?.resource;
  };
  return {
    asn: bgp.asn,
    peerings: blocks(bgp.peering_addresses).map(({ apipa_addresses: addresses }) => stringsOf(addresses)),
    tunnels: resourcesOf(stack, 'azapi_resource')
      .map((connection) => {
        const properties = objectOf(objectOf(connection.arguments.body).properties);
        const other = end(connection);
        const theirs = objectOf(other?.arguments.bgp_settings);
        return {
          name: textOf(connection.arguments.name) ?? '',
          custom: blocks(properties.gatewayCustomBgpIpAddresses).map(({ customBgpIpAddress: address }) => address),
          theirAsn: theirs.asn,
          theirAddress: theirs.bgp_peering_address,
          outside: other?.arguments.gateway_address,
          key: valueAt(connection.arguments, 'sensitive_body.properties.sharedKey'),
        };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    variables: Object.keys(stack.variables),
    resolver: resourcesOf(site, 'azurerm_private_dns_resolver_inbound_endpoint').map(
      ({ arguments: given }) => objectOf(given.ip_configurations).private_ip_address,
    ),
    asked: resourcesOf(site, 'azurerm_private_dns_resolver_forwarding_rule').flatMap(({ arguments: given }) =>
      blocks(given.target_dns_servers).map(({ ip_address: address }) => address),
    ),
    network: resourcesOf(site, 'azurerm_virtual_network').flatMap(({ arguments: given }) =>
      stringsOf(given.address_space),
    ),
  };
}

describe.each(stages)('the link of $name in $stage', ({ name, stage }) => {
  const aws = readAws(name, stage);
  const azure = readAzure(name, stage);
  const { platform } = synthesizedSite(name, stage);
  const pair = recoveryPair(platform);
  if (pair === undefined) throw new Error('a stage with a link has a pair of sites');
  const plan: LinkPlan = linkPlan(pair.recovery.link);
  const network = linkNetwork(platform);
  const numbered = (map: (tunnel: Tunnel) => unknown): readonly unknown[] => plan.tunnels.map(map);

  test('has the numbers of the plan on both sides, each side knowing the other', () => {
    expect(aws.asn).toEqual([plan.awsAsn]);
    expect(aws.theirAsns).toEqual([plan.azureAsn, plan.azureAsn]);
    expect(azure.asn).toBe(plan.azureAsn);
    expect(azure.tunnels.map(({ theirAsn }) => theirAsn)).toEqual(numbered(() => plan.awsAsn));
  });

  test('has the ranges of the plan on AWS, tunnel for tunnel', () => {
    expect(aws.tunnels).toEqual(
      numbered(({ connection, insideCidr, tunnel }) => ({
        connection: String(connection),
        tunnel: String(tunnel),
        inside: insideCidr,
      })),
    );
  });

  test('has the addresses of the plan on Azure, tunnel for tunnel', () => {
    expect(azure.peerings).toEqual(plan.peerings);
    expect(azure.tunnels.map(({ custom, theirAddress }) => ({ custom, theirAddress }))).toEqual(
      numbered(({ awsAddress, customBgp }) => ({
        custom: [customBgp.primary, customBgp.secondary],
        theirAddress: awsAddress,
      })),
    );
  });

  test('says on AWS and on Azure the same of each tunnel: its first address is there, its second here', () => {
    for (const [index, { inside }] of aws.tunnels.entries()) {
      const [base = '', last = ''] = /^(.*\.)(\d+)\/30$/.exec(inside)?.slice(1) ?? [];
      const there = azure.tunnels[index];
      expect(there?.theirAddress).toBe(`${base}${Number(last) + 1}`);
      expect(there?.custom).toContain(`${base}${Number(last) + 2}`);
    }
  });

  test('takes on Azure, under the name of the very tunnel, what AWS tells', () => {
    expect(aws.outputs).toEqual(expect.arrayContaining(numbered(linkOutput.address) as string[]));
    expect(azure.variables).toEqual(expect.arrayContaining(numbered(linkVariable.address) as string[]));
    expect(azure.tunnels.map(({ outside }) => outside)).toEqual(
      numbered((tunnel) => `\${var.${linkVariable.address(tunnel)}}`),
    );
    expect(azure.tunnels.map(({ key }) => key)).toEqual(numbered((tunnel) => `\${var.${linkVariable.key(tunnel)}}`));
    expect(aws.stackName).toBe(recoveryStackName(platform));
  });

  test('asks for names at the addresses where they are answered, both ways', () => {
    expect([...new Set(aws.asked)]).toEqual(azure.resolver);
    expect(azure.resolver).toEqual([network.azure.inbound]);
    expect(azure.asked).toEqual(aws.resolvers.find(({ direction }) => direction === 'INBOUND')?.addresses);
  });

  test('leads on AWS to the network of Azure, and to nothing else', () => {
    expect(azure.network).toEqual([network.azure.cidr]);
    expect(new Set(aws.routes)).toEqual(new Set(azure.network));
  });
});

test('the link of retailflow in production is the table of Microsoft and AWS, address for address', () => {
  const aws = readAws('retailflow', 'production');
  const azure = readAzure('retailflow', 'production');
  const rows = aws.tunnels.map(({ connection, inside, tunnel }, index) => {
    const there = azure.tunnels[index];
    return [`${connection}/T${tunnel}`, inside, there?.theirAddress, ...(there?.custom ?? [])];
  });
  expect(rows).toEqual([
    ['1/T1', '169.254.21.0/30', '169.254.21.1', '169.254.21.2', '169.254.21.6'],
    ['1/T2', '169.254.22.0/30', '169.254.22.1', '169.254.22.2', '169.254.21.6'],
    ['2/T1', '169.254.21.4/30', '169.254.21.5', '169.254.21.2', '169.254.21.6'],
    ['2/T2', '169.254.22.4/30', '169.254.22.5', '169.254.21.2', '169.254.22.6'],
  ]);
  expect(azure.peerings).toEqual([
    ['169.254.21.2', '169.254.22.2'],
    ['169.254.21.6', '169.254.22.6'],
  ]);
});
