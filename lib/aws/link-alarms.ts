import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import type { AlarmProps } from './alarms';
import { tunnelIsDown, tunnelMetric, tunnelPeriod as period } from './tunnel-state';

const runbook = 'link';

/** Bits a second that a tunnel carries. https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html */
const tunnelBits = 1.25e9;

/** From this share of it on, somebody is called. */
const crowdedShare = 0.8;

/** What alarms of the link look at. */
export interface WatchedLink {
  /** Of each connection, the public addresses of its tunnels. */
  readonly connections: readonly (readonly string[])[];
  readonly transitGatewayId: string;
}

const isDown = { ...tunnelIsDown, runbook } as const;

const state = (address: string): cloudwatch.Metric =>
  tunnelMetric('TunnelState', 'Maximum', { TunnelIpAddress: address });

/** Bytes that a tunnel sent to the other site. */
const sent = (address: string): cloudwatch.Metric => tunnelMetric('TunnelDataOut', 'Sum', { TunnelIpAddress: address });

/** The highest of metrics; one that tells nothing counts as none. */
const highest = (metrics: readonly cloudwatch.IMetric[], label: string): cloudwatch.IMetric => {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`tunnel${index}`, metric]));
  const filled = Object.keys(usingMetrics).map((id) => `FILL(${id}, 0)`);
  return new cloudwatch.MathExpression({ expression: `MAX([${filled.join(', ')}])`, usingMetrics, period, label });
};

/** Whether any of tunnels is up. */
const anyUp = (addresses: readonly string[], label: string): cloudwatch.IMetric => highest(addresses.map(state), label);

/**
 * When somebody is called for the link. AWS has no metric for the routes that BGP tells; that there are none shows in the packets which
 * find none.
 */
export function linkAlarms({ connections, transitGatewayId }: WatchedLink): Readonly<Record<string, AlarmProps>> {
  const tunnels = connections.flatMap((addresses, connection) =>
    addresses.map((address, tunnel) => ({ address, id: `${connection + 1}Tunnel${tunnel + 1}` })),
  );
  return {
    ...Object.fromEntries(
      tunnels.map(({ address, id }): [string, AlarmProps] => [
        `Connection${id}Down`,
        {
          ...isDown,
          metric: state(address),
          periods: 3,
          description: `Tunnel ${id.replace('Tunnel', '/T')} of the link to the recovery site is down: the others carry its traffic.`,
        },
      ]),
    ),
    ...Object.fromEntries(
      connections.map((addresses, index): [string, AlarmProps] => [
        `Connection${index + 1}Lost`,
        {
          ...isDown,
          metric: anyUp(addresses, `tunnels up of connection ${index + 1}`),
          periods: 2,
          description: `Both tunnels of connection ${index + 1} of the link are down: one instance of the gateway on Azure is cut off.`,
        },
      ]),
    ),
    Lost: {
      ...isDown,
      metric: anyUp(connections.flat(), 'tunnels up'),
      periods: 1,
      description:
        'The link to the recovery site is lost: no tunnel is up, nothing is replicated, and databases keep their log for it.',
    },
    RoutesLost: {
      metric: new cloudwatch.Metric({
        namespace: 'AWS/TransitGateway',
        metricName: 'PacketDropCountNoRoute',
        dimensionsMap: { TransitGateway: transitGatewayId },
        statistic: 'Sum',
        period,
      }),
      threshold: 1,
      description: 'Packets for the recovery site have no route: BGP has told none, or tells none any more.',
      runbook,
    },
    Crowded: {
      metric: highest(
        tunnels.map(({ address }) => sent(address)),
        'bytes sent by the busiest tunnel',
      ),
      threshold: (tunnelBits / 8) * period.toSeconds() * crowdedShare,
      description: 'A tunnel of the link sends four fifths of what it can carry: replication falls behind next.',
      runbook,
    },
  };
}
