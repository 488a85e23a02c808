import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import type { AlarmProps } from './alarms';

/** AWS tells the state of tunnels so often. */
export const tunnelPeriod = Duration.minutes(5);

/** A figure of tunnels: of one by its address, or of the tunnels of a connection. */
export const tunnelMetric = (
  metricName: 'TunnelDataOut' | 'TunnelState',
  statistic: 'Maximum' | 'Minimum' | 'Sum',
  dimensionsMap: { readonly TunnelIpAddress: string } | { readonly VpnId: string },
): cloudwatch.Metric =>
  new cloudwatch.Metric({ namespace: 'AWS/VPN', metricName, dimensionsMap, statistic, period: tunnelPeriod });

/**
 * When somebody is called for the state of a tunnel, which is 1 while it is up and BGP speaks through it, else 0. Silence is taken
 * for the worst: AWS tells the state of a tunnel that is down, too.
 * https://docs.aws.amazon.com/vpn/latest/s2svpn/monitoring-cloudwatch-vpn.html
 */
export const tunnelIsDown = {
  comparison: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
  threshold: 1,
  missingData: cloudwatch.TreatMissingData.BREACHING,
} as const satisfies Partial<AlarmProps>;
