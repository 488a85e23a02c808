import type { WatchedResource } from './watched';

/** For what somebody is called who keeps flags. */
export const watchedFlags: WatchedResource = {
  at: 'data/StorefrontFlags',
  on: 'data/StorefrontFlags/Store',
  namespace: 'Microsoft.AppConfiguration/configurationStores',
  alerts: {
    Failing: {
      metric: 'HttpIncomingRequestCount',
      threshold: 10,
      as: 'Total',
      over: 15,
      dimension: { name: 'StatusCode', values: ['5'], by: 'StartsWith' },
    },
    Throttled: { metric: 'ThrottledHttpRequestCount', threshold: 10, as: 'Total', over: 15, severity: 2 },
    QuotaHigh: { metric: 'RequestQuotaUsage', threshold: 80, as: 'Maximum', over: 15, severity: 2 },
    Refused: {
      metric: 'HttpIncomingRequestCount',
      threshold: 10,
      as: 'Total',
      over: 15,
      severity: 2,
      dimension: { name: 'StatusCode', values: ['401', '403'] },
    },
    Slow: { metric: 'HttpIncomingRequestDuration', threshold: 1000, over: 15, severity: 2 },
    StorageHigh: { metric: 'DailyStorageUsage', threshold: 80, as: 'Maximum', over: 60, severity: 2 },
  },
};
