import { numberOf, textOf } from '../json';
import { awsNames, awsTunnels, awsWays, subnetsOf } from './aws-ways';
import { azureNames, azureTunnels, azureWays, nodeSubnet, rangeOfSubnet, serverSubnet } from './azure-ways';
import { databasePairs } from './databases';
import type { AwsOutputs, Outputs } from './outputs';
import { addressIn } from './ranges';
import type { Way } from './way';

/** Everything that replication of databases needs of the network, in both directions. Nothing where no database is replicated. */
export function linkWays(outputs: Outputs<AwsOutputs>): readonly Way[] {
  const { assembly: aws } = outputs.primary;
  const { site: azure } = outputs.recovery;
  const pairs = databasePairs(outputs);
  if (pairs.length === 0) return [];
  return [
    ...pairs.flatMap((pair) => {
      const ends = {
        name: pair.name,
        port: numberOf(pair.primary.server.properties.Port) ?? 5432,
        primary: subnetsOf(pair, aws).map(({ properties }) => textOf(properties.CidrBlock) ?? ''),
        servers: rangeOfSubnet(serverSubnet(pair.recovery, azure)),
        nodes: rangeOfSubnet(nodeSubnet(azure)),
      };
      return [...awsWays(pair, ends, aws), ...azureWays(pair.recovery, ends, azure)];
    }),
    ...tunnelWays(outputs),
    ...nameWays(outputs),
  ];
}

/** Tunnels of a link: less would not survive the loss of an instance at either end. */
const TUNNELS = 4;

function tunnelWays({ primary, recovery }: Outputs<AwsOutputs>): readonly Way[] {
  const [there, here] = [awsTunnels(primary.assembly), azureTunnels(recovery.site)];
  return [
    {
      way: 'the link has four tunnels',
      found:
        there.length >= TUNNELS && here.length >= TUNNELS
          ? `${there.length} in cdk.out, ${here.length} in cdktf.out`
          : undefined,
      by: `describe ${TUNNELS} tunnels that tell routes by BGP at both ends, got ${there.length} on AWS and ${here.length} on Azure`,
    },
    ...there.map((tunnel) => {
      const [peer, own] = [addressIn(tunnel.inside, 1), addressIn(tunnel.inside, 2)];
      const other = here.find(
        (each) =>
          each.peer === peer &&
          each.own.includes(own) &&
          each.awsAsn === tunnel.awsAsn &&
          each.ownAsn === tunnel.otherAsn &&
          each.awsAsn !== each.ownAsn,
      );
      return {
        way: `the tunnel ${tunnel.inside} ends on both sites`,
        found: other && `${tunnel.at}; ${other.at}`,
        by: `describe its end on Azure with the peer ${peer} of system ${tunnel.awsAsn ?? '?'} and the address ${own} of system ${tunnel.otherAsn ?? '?'}`,
      };
    }),
    // A second end for a tunnel would take its packets.
    ...here
      .filter(({ peer }) => !there.some(({ inside }) => addressIn(inside, 1) === peer))
      .map(({ at, peer }) => ({
        way: `the tunnel to ${peer} ends on both sites`,
        found: undefined,
        by: `describe its end on AWS, or take it away from ${at}`,
      })),
  ];
}

/** Domain under which servers of each cloud are found, and whose resolver answers for it. */
const DOMAINS = { primary: '.rds.amazonaws.com', recovery: 'postgres.database.azure.com' } as const;

function nameWays({ primary, recovery }: Outputs<AwsOutputs>): readonly Way[] {
  const [there, here] = [awsNames(primary.assembly), azureNames(recovery.site)];
  const answered = (
    forwarded: readonly { readonly at: string; readonly domain: string; readonly to: readonly string[] }[],
    domain: string,
    by: readonly string[],
  ): string | undefined =>
    forwarded.find(
      (rule) => rule.domain.endsWith(domain) && rule.to.length > 0 && rule.to.every((to) => by.includes(to)),
    )?.at;
  return [
    {
      way: 'the recovery site finds servers of the primary by name',
      found: answered(here.forwarded, DOMAINS.primary, there.inbound),
      by: `pass ${DOMAINS.primary} on to ${there.inbound.join(', ') || 'resolvers of AWS'}, in rules that the network asks`,
    },
    {
      way: 'the primary finds servers of the recovery site by name',
      found: answered(there.forwarded, DOMAINS.recovery, here.inbound),
      by: `pass ${DOMAINS.recovery} on to ${here.inbound.join(', ') || 'a resolver of Azure'}, by a rule that the network asks`,
    },
  ];
}
