import { isTrue, listOf, numberOf, objectOf, shown, textOf } from '../../json';
import type { JsonObject } from '../../json';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import { resourcesOf } from '../stack';

const report = reporter('opensearch');

/** What Multi-AZ with Standby stands on: so many zones, data nodes in multiples of them, so many dedicated masters. */
const STANDBY = { zones: 3, masters: 3 };

/** Node types that cannot take part in Multi-AZ with Standby. */
const BURSTABLE = /^t[23]\./;

/** Security policies that refuse everything older than TLS 1.2. */
const MODERN_TLS = /^Policy-Min-TLS-1-[23]-/;

/** Every search domain is private and encrypted, and one with a standby has the nodes for it. */
export const opensearch: Rule = (stack) =>
  resourcesOf(stack, 'AWS::OpenSearchService::Domain').flatMap((resource) =>
    [...protection(resource.properties), ...standby(objectOf(resource.properties.ClusterConfig))].map((problem) =>
      report(stack, resource, problem),
    ),
  );

function protection(properties: JsonObject): readonly string[] {
  const endpoint = objectOf(properties.DomainEndpointOptions);
  const subnets = listOf(objectOf(properties.VPCOptions).SubnetIds);
  const switches = [
    ['EncryptionAtRestOptions.Enabled', objectOf(properties.EncryptionAtRestOptions).Enabled],
    ['NodeToNodeEncryptionOptions.Enabled', objectOf(properties.NodeToNodeEncryptionOptions).Enabled],
    ['DomainEndpointOptions.EnforceHTTPS', endpoint.EnforceHTTPS],
  ] as const;
  return [
    ...switches.flatMap(([at, value]) =>
      isTrue(value) ? [] : [`${at} must be true, got ${shown(value)}: turn it on`],
    ),
    ...(MODERN_TLS.test(textOf(endpoint.TLSSecurityPolicy) ?? '')
      ? []
      : [
          'DomainEndpointOptions.TLSSecurityPolicy must be Policy-Min-TLS-1-2-… or newer, ' +
            `got ${shown(endpoint.TLSSecurityPolicy)}: raise it`,
        ]),
    ...(subnets.length > 0 ? [] : ['VPCOptions must name subnets, got none: put the domain into the VPC']),
  ];
}

function standby(config: JsonObject): readonly string[] {
  if (!isTrue(config.MultiAZWithStandbyEnabled)) return [];
  const zones = numberOf(objectOf(config.ZoneAwarenessConfig).AvailabilityZoneCount);
  const nodes = numberOf(config.InstanceCount);
  const masters = isTrue(config.DedicatedMasterEnabled) ? numberOf(config.DedicatedMasterCount) : 0;
  const types = ['InstanceType', 'DedicatedMasterType', 'WarmType'] as const;
  return [
    ...(isTrue(config.ZoneAwarenessEnabled) && zones === STANDBY.zones
      ? []
      : [`a standby needs ZoneAwarenessEnabled over ${STANDBY.zones} zones, got ${shown(zones)}: spread the domain`]),
    ...(nodes !== undefined && nodes > 0 && nodes % STANDBY.zones === 0
      ? []
      : [`a standby needs InstanceCount in multiples of ${STANDBY.zones}, got ${shown(nodes)}: add data nodes`]),
    ...(masters === STANDBY.masters
      ? []
      : [`a standby needs ${STANDBY.masters} dedicated masters, got ${shown(masters)}: set DedicatedMasterCount`]),
    ...types.flatMap((type) =>
      BURSTABLE.test(textOf(config[type]) ?? '')
        ? [`a standby takes no T2 or T3 nodes, got ${type} ${shown(config[type])}: choose another family`]
        : [],
    ),
  ];
}
