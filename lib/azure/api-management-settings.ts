import type { MonitorAutoscaleSettingConfig } from '@cdktf/provider-azurerm/lib/monitor-autoscale-setting';
import { releaseHeader, releaseValue, versions, type Version } from '../platform/gateway/release-header';
import type { ApiManagement } from '../platform/nouns/gateway';

/** Versions of Azure's own interface: of the instance the first that says how it spans zones, of what is in it the last that is settled. */
export const apiManagementTypes = {
  service: 'Microsoft.ApiManagement/service@2025-09-01-preview',
  backend: 'Microsoft.ApiManagement/service/backends@2024-05-01',
  logger: 'Microsoft.ApiManagement/service/loggers@2024-05-01',
} as const;

export interface ServiceBody {
  readonly units: ApiManagement['units'];
  /** Whether the site has zones to span. */
  readonly spansZones: boolean;
  readonly publisher: { readonly name: string; readonly email: string };
  /** Subnet by which it calls the cluster. */
  readonly subnetId: string;
}

/**
 * An instance of Standard v2: with a subnet to call by, over zones, for today's TLS alone. Azure makes none that is closed to the
 * internet, since nothing would reach it before its private endpoint: it is closed right after.
 */
export const serviceBody = ({ publisher, spansZones, subnetId, units }: ServiceBody) => ({
  sku: { name: 'StandardV2', capacity: units.min },
  properties: {
    publisherName: publisher.name,
    publisherEmail: publisher.email,
    virtualNetworkType: 'External',
    virtualNetworkConfiguration: { subnetResourceId: subnetId },
    zoneRedundant: spansZones,
    publicNetworkAccess: 'Enabled',
    developerPortalStatus: 'Disabled',
    legacyPortalStatus: 'Disabled',
    customProperties: Object.fromEntries(
      ['Protocols.Tls10', 'Protocols.Tls11', 'Protocols.Ssl30']
        .flatMap((each) => [each, each.replace('Protocols', 'Backend.Protocols')])
        .map((each) => [`Microsoft.WindowsAzure.ApiManagement.Gateway.Security.${each}`, 'false']),
    ),
  },
});

/** What autoscaling changes, and what is changed once the private endpoint is there. */
export const changedLater = ['body.sku.capacity', 'body.properties.publicNetworkAccess'] as const;

/** A version of a service fails so long before it gets no more requests, and gets none for so long. */
const breaker = { window: 'PT1M', rest: 'PT1M' } as const;

/**
 * What a version does before its circuit opens: an old version half of its requests; a new one ten, after which the pool has the old
 * one alone.
 */
const opensAt: Readonly<Record<Version, object>> = { stable: { percentage: 50 }, canary: { count: 10 } };

export interface BackendBody {
  readonly service: string;
  /** @default - whichever the cluster chooses */
  readonly version?: Version;
  /** Address of the door of the cluster. */
  readonly url: string;
}

/** A service or a version of it, as a place to which requests go: the door of the cluster, and a header by which the mesh knows which version. */
export const backendBody = ({ service, url, version }: BackendBody) => ({
  properties: {
    description: `${version === undefined ? '' : `The ${version} version of `}${service}, behind the door of the cluster`,
    protocol: 'http',
    type: 'Single',
    url,
    tls: { validateCertificateChain: true, validateCertificateName: true },
    ...(version === undefined
      ? {}
      : { credentials: { header: { [releaseHeader]: [releaseValue(service, version)] } } }),
    circuitBreaker: {
      rules: [
        {
          name: 'errors',
          failureCondition: {
            ...opensAt[version ?? versions.stable],
            interval: breaker.window,
            statusCodeRanges: [{ min: 500, max: 599 }],
          },
          tripDuration: breaker.rest,
          acceptRetryAfter: false,
        },
      ],
    },
  },
});

/** What of a pool a release moves. */
export const movedByReleases = ['body.properties.pool'] as const;

/** A service as a pool of its versions. All requests go to the old one until a release moves weights. */
export const poolBody = (service: string, ids: Readonly<Record<Version, string>>) => ({
  properties: {
    description: `The versions of ${service}, between which releases move requests`,
    type: 'Pool',
    pool: {
      services: [
        { id: ids[versions.stable], priority: 1, weight: 100 },
        { id: ids[versions.canary], priority: 1, weight: 0 },
      ],
    },
  },
});

type Profile = Pick<MonitorAutoscaleSettingConfig, 'profile'>;

/** Above and below how much processor use units come and go, in percent. Between the two nothing moves. */
const moves = { more: 70, fewer: 35 } as const;

/** Units come one at a time, and go one at a time after half an hour of calm. */
export const autoscaleProfile = (targetId: string, { max, min }: ApiManagement['units']): Profile => {
  const rule = (operator: string, threshold: number, direction: string, minutes: number) => ({
    metricTrigger: {
      metricName: 'CpuPercent_Gateway',
      metricResourceId: targetId,
      timeGrain: 'PT1M',
      statistic: 'Average',
      timeWindow: `PT${minutes}M`,
      timeAggregation: 'Average',
      operator,
      threshold,
    },
    scaleAction: { direction, type: 'ChangeCount', value: 1, cooldown: `PT${minutes}M` },
  });
  return {
    profile: [
      {
        name: 'load',
        capacity: { default: min, minimum: min, maximum: max },
        rule: [rule('GreaterThan', moves.more, 'Increase', 10), rule('LessThan', moves.fewer, 'Decrease', 30)],
      },
    ],
  };
};
