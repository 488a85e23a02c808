import type { LinkPlan, Tunnel } from '../platform/link';
import { linkConnectionWord } from '../platform/link-outputs';
import type { AlertTable, WatchedMetric } from './alert-table';
import { gatewayBits } from './vpn-gateway';

const runbook = 'link';

/** From this share of what the gateway carries on, somebody is called. */
const crowdedShare = 0.8;

/**
 * A peer counts as 1 while BGP speaks with it. Only one instance has the tunnel to it; where the other one tells 0 for it, the mean is a
 * half at best, so that a quarter is the line between both.
 */
const peerLine = 0.25;

const idOf = ({ connection, tunnel }: Tunnel): string => `Aws${connection}${tunnel}`;

/**
 * When somebody is called for the link, by metrics of the gateway. BGP keeps speaking through a tunnel that carries nothing else, so one
 * that takes in nothing at all is down.
 *
 * @param nameOf Name of the connection of a tunnel.
 */
export const linkAlerts = ({ tunnels }: LinkPlan, nameOf: (word: string) => string): AlertTable => ({
  ...Object.fromEntries(
    tunnels.flatMap((tunnel): readonly (readonly [string, WatchedMetric])[] => {
      const what = `tunnel ${tunnel.connection}/T${tunnel.tunnel} of the link to AWS`;
      return [
        [
          `${idOf(tunnel)}Quiet`,
          {
            metricName: 'TunnelIngressBytes',
            aggregation: 'Total',
            operator: 'LessThanOrEqual',
            threshold: 0,
            dimensions: { ConnectionName: [nameOf(linkConnectionWord(tunnel))] },
            windowMinutes: 15,
            description: `Nothing comes in by ${what}: the others carry its traffic.`,
            runbook,
            severity: 2,
          },
        ],
        [
          `${idOf(tunnel)}PeerDown`,
          {
            metricName: 'BgpPeerStatus',
            aggregation: 'Average',
            operator: 'LessThan',
            threshold: peerLine,
            dimensions: { BgpPeerAddress: [tunnel.awsAddress] },
            windowMinutes: 15,
            description: `BGP does not speak through ${what}, which has no routes then.`,
            runbook,
            severity: 2,
          },
        ],
      ];
    }),
  ),
  Quiet: {
    metricName: 'TunnelIngressBytes',
    aggregation: 'Total',
    operator: 'LessThanOrEqual',
    threshold: 0,
    description: 'Nothing comes in by the link to AWS: it is lost, and so is the recovery point before long.',
    runbook,
    severity: 0,
  },
  Silent: {
    metricName: 'TunnelEgressBytes',
    aggregation: 'Total',
    operator: 'LessThanOrEqual',
    threshold: 0,
    description: 'Nothing goes out by the link to AWS: what is received there is not acknowledged.',
    runbook,
    severity: 0,
  },
  Crowded: {
    metricName: 'AverageBandwidth',
    aggregation: 'Average',
    threshold: (gatewayBits / 8) * crowdedShare,
    windowMinutes: 15,
    description: 'The gateway of the link carries four fifths of what it can: replication falls behind next.',
    runbook,
  },
});

/** Tunnels that were connected anew, by the address at the other end, and how often. */
export const reconnects = (gatewayId: string): string =>
  [
    'AzureDiagnostics',
    `| where ResourceId =~ "${gatewayId}" and Category == "TunnelDiagnosticLog" and OperationName == "TunnelConnected"`,
    '| summarize Times = count() by remoteIP_s',
  ].join('\n');

/** So often a tunnel may be connected anew within half an hour: AWS replaces an end at times, and Azure updates an instance. */
export const usualReconnects = 3;
