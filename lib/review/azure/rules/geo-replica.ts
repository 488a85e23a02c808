import { sizeClass } from '../../../platform/azure-sizes';
import { listOf, numberOf, objectOf, shown, textOf } from '../../json';
import type { Json } from '../../json';
import { isLinked, namedBy, networkOf } from '../private-dns';
import { reporter, type Rule } from '../rule';
import { resourcesOf, type Resource, type Site } from '../stack';

const NAME = 'geo-replica';
const report = reporter(NAME);

const SERVER = 'azurerm_postgresql_flexible_server';
const PARAMETER = 'azurerm_postgresql_flexible_server_configuration';
const ENDPOINT = 'azurerm_postgresql_flexible_server_virtual_endpoint';

/** What Azure asks to be the same before it promotes: https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas-promote */
const ALIKE = ['sku_name', 'storage_mb', 'version', 'auto_grow_enabled'] as const;

/** What of a value must be the same: of a size its tier and processors, of anything else all. */
const compared = (name: (typeof ALIKE)[number], { arguments: given }: Resource): Json | undefined =>
  name === 'sku_name' ? sizeClass(textOf(given.sku_name) ?? '') : given[name];

/**
 * A replica of a server in another region can take over: it is as large, it is told the same, its key outlives the region of its
 * source, the pair of names leads to both, and both are found in either network.
 */
export const geoReplica: Rule = {
  name: NAME,
  judge: (stack, site) =>
    resourcesOf(stack, SERVER).flatMap((replica) =>
      problemsOf(replica, site).map((problem) => report(replica, problem)),
    ),
};

function problemsOf(replica: Resource, site: Site): readonly string[] {
  const { create_mode: mode, location, source_server_id: id } = replica.arguments;
  const source = mode === 'Replica' ? namedBy(replica, id, site) : undefined;
  if (source === undefined || source.arguments.location === location) return [];
  return [
    ...ALIKE.filter((each) => compared(each, source) !== compared(each, replica)).map(
      (each) =>
        `${each} must be ${shown(source.arguments[each])}, that of its source, got ${shown(replica.arguments[each])}: Azure promotes none that differs`,
    ),
    ...parameterProblems(replica, source, site),
    ...keyProblems(replica, site),
    ...endpointProblems(replica, source, site),
    ...networkProblems(replica, source, site),
  ];
}

const parametersOf = (server: Resource, site: Site): ReadonlyMap<string, string> =>
  new Map(
    resourcesOf(site, PARAMETER)
      .filter((each) => namedBy(each, each.arguments.server_id, site) === server)
      .map(({ arguments: { name, value } }) => [textOf(name) ?? '', String(numberOf(value) ?? textOf(value))]),
  );

/** None of them comes over with a promotion. */
function parameterProblems(replica: Resource, source: Resource, site: Site): readonly string[] {
  const own = parametersOf(replica, site);
  return [...parametersOf(source, site)]
    .filter(([name, value]) => own.get(name) !== value)
    .map(
      ([name, value]) =>
        `is told ${name} ${own.get(name) ?? 'nothing'}, and its source ${value}: tell both the same, or it is another server once it is promoted`,
    );
}

function keyProblems(replica: Resource, site: Site): readonly string[] {
  const [block] = listOf(replica.arguments.customer_managed_key).map(objectOf);
  const key = namedBy(replica, block?.key_vault_key_id, site);
  const vault = key && namedBy(key, key.arguments.parent_id ?? key.arguments.key_vault_id, site);
  const { location } = replica.arguments;
  return vault?.arguments.location === location
    ? []
    : [
        `customer_managed_key.key_vault_key_id must be a key of ${shown(location)}, got one of ${shown(vault?.arguments.location)}: the other is lost with its region`,
      ];
}

function endpointProblems(replica: Resource, source: Resource, site: Site): readonly string[] {
  const pairs = resourcesOf(site, ENDPOINT).filter(
    (each) => namedBy(each, each.arguments.source_server_id, site) === source,
  );
  const [pair] = pairs;
  return pairs.length === 1 && pair !== undefined && namedBy(pair, pair.arguments.replica_server_id, site) === replica
    ? []
    : [
        `must be what the one pair of names of its source leads to (${ENDPOINT}), got ${pairs.length} that do not: Azure promotes no other`,
      ];
}

/** A name of either server is asked in both networks: by clients, and by the servers of each other. */
function networkProblems(replica: Resource, source: Resource, site: Site): readonly string[] {
  const [here, there] = [replica, source].map((server) => ({
    zone: namedBy(server, server.arguments.private_dns_zone_id, site),
    network: networkOf(namedBy(server, server.arguments.delegated_subnet_id, site), site),
  }));
  return [[here?.zone, there?.network] as const, [there?.zone, here?.network] as const].flatMap(([zone, network]) =>
    zone === undefined || network === undefined || isLinked(zone, network, site)
      ? []
      : [
          `is not found from everywhere: link ${zone.address} of ${zone.stack} to ${network.address} of ${network.stack}`,
        ],
  );
}
