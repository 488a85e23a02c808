import { releaseHeader, releaseValue, versions } from '../platform/gateway/release-header';
import { userIdHeader } from '../platform/gateway/user-id';
import type { Service } from '../platform/nouns/service';
import type { Platform } from '../platform/platform';
import type { IDestinationRule, IVirtualService } from './custom-types';
import { podSelector } from './pod';
import { releaseRoute, subsets } from './release';
import { serviceHost } from './service-address';

/** A service as those see it who call it. */
export interface RoutesInput {
  readonly platform: Pick<Platform, 'name'>;
  readonly service: string;
  readonly spec: Pick<Service, 'port' | 'sticky' | 'timeoutSeconds'> & Partial<Pick<Service, 'scale' | 'sockets'>>;
  /** Whether releases move traffic between two subsets of its pods. */
  readonly split: boolean;
  /** Whether the gateway says to which of them a request goes. @default false */
  readonly pooled?: boolean;
}

/** Tries after the first one, of requests that reached no process. */
const retries = 2;

/**
 * Which failures are tried again: those in which no process saw the request, so that nothing is done twice. A request that was
 * sent is for the caller to repeat, who knows whether it may be.
 */
const unseen = 'connect-failure,refused-stream';

/** How requests to a service go: to which of its versions, and for how long. A release moves the weights. */
export function virtualService({
  platform,
  pooled = false,
  service,
  spec,
  split,
}: RoutesInput): NonNullable<IVirtualService['spec']> {
  const host = serviceHost(platform, service);
  const to = (subset?: string) => ({
    host,
    port: { number: spec.port },
    ...(subset === undefined ? {} : { subset }),
  });
  const patience = { timeout: `${spec.timeoutSeconds}s`, retries: { attempts: retries, retryOn: unseen } };
  return {
    hosts: [host],
    http: [
      ...(pooled
        ? [
            {
              name: subsets.stable,
              match: [
                { headers: { [releaseHeader.toLowerCase()]: { exact: releaseValue(service, versions.stable) } } },
              ],
              ...patience,
              route: [{ destination: to(subsets.stable), weight: 100 }],
            },
          ]
        : []),
      {
        name: releaseRoute,
        ...patience,
        route: split
          ? [
              { destination: to(subsets.stable), weight: 100 },
              { destination: to(subsets.canary), weight: 0 },
            ]
          : [{ destination: to(), weight: 100 }],
      },
    ],
  };
}

/** A connection that is not used is closed after this long, in seconds: before the process at its other end would. */
const idleSeconds = 300;

/** Requests that one caller's pod may have under way or waiting at one service; more are refused at once. Ours. */
const mostRequests = 1024;

/** The same where connections are kept open, each of which is a request under way: as many as all pods may hold. */
const requestsAtOnce = ({ scale, sockets }: RoutesInput['spec']): number =>
  Math.max(mostRequests, (sockets?.perTask ?? 0) * (scale?.max ?? 0));

/** Positions of a service's pods on the ring by which users are shared out: with so many, no pod has twice another's. */
const ringPositions = 4096;

/** Cookie by which a client that lost a connection comes back to the same pod. */
const socketCookie = 'mainstay-socket';

/** Which pod is asked: the one with the fewest requests; always the same for a user; or for a while the one that a client had. */
const balanced = ({ sockets, sticky }: RoutesInput['spec']) =>
  sticky === undefined
    ? sockets === undefined
      ? { simple: 'LEAST_REQUEST' as const }
      : {
          consistentHash: {
            httpCookie: { name: socketCookie, ttl: `${sockets.stickySeconds}s` },
            ringHash: { minimumRingSize: ringPositions },
          },
        }
    : { consistentHash: { httpHeaderName: userIdHeader, ringHash: { minimumRingSize: ringPositions } } };

/**
 * How a service's pods are used: whom its callers trust, which pod is asked next, and which is left out for a while because it
 * does not answer. A 500 leaves nobody out, since another pod would answer the same.
 */
export const destinationRule = ({
  platform,
  service,
  spec,
  split,
}: RoutesInput): NonNullable<IDestinationRule['spec']> => ({
  host: serviceHost(platform, service),
  trafficPolicy: {
    tls: { mode: 'ISTIO_MUTUAL' },
    connectionPool: {
      tcp: { connectTimeout: '2s', tcpKeepalive: { time: '300s', interval: '75s' } },
      http: {
        http1MaxPendingRequests: mostRequests,
        http2MaxRequests: requestsAtOnce(spec),
        // Else a request that takes longer would be cut off as idle.
        idleTimeout: `${Math.max(idleSeconds, spec.timeoutSeconds)}s`,
      },
    },
    // Pods share load evenly, in whichever zone they stand: a zone with fewer of them would be overrun.
    loadBalancer: { ...balanced(spec), localityLbSetting: { enabled: false } },
    outlierDetection: {
      consecutiveGatewayErrors: 5,
      consecutive5xxErrors: 0,
      interval: '10s',
      baseEjectionTime: '30s',
      maxEjectionPercent: 50,
    },
  },
  ...(split
    ? {
        // A release adds the label of a version to each.
        subsets: Object.values(subsets).map((name) => ({ name, labels: podSelector(service, 'service') })),
      }
    : {}),
});
