import { contains, parseRange } from '../address';
import { sitesOf, type Platform } from '../platform';
import { stagePath, when, type Check } from './check';

/** Connections that one virtual private gateway has: https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html */
const mostOffices = 10;

/** Where no router on the internet stands: private, shared, link-local, loopback and multicast addresses. */
const unreachable = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  '0.0.0.0/8',
  '224.0.0.0/3',
].flatMap((text) => parseRange(text) ?? []);

/** Offices have routers on the internet, each its own, and numbers that differ from the site's. */
export const offices: Check = (platform) =>
  sitesOf(platform).flatMap((site) => {
    if (site.cloud !== 'aws') return [];
    const { offices: all, officesAsn } = site.network;
    const path = (rest: string) => stagePath(platform, `sites.${site.siteName}.network.${rest}`);
    const entries = Object.entries(all);
    return [
      ...when(entries.length > mostOffices, () => ({
        path: path('offices'),
        got: `${entries.length} offices`,
        allowed: `at most ${mostOffices} on aws, the quota of one gateway`,
        remedy: 'connect offices to each other, and the network to some of them',
      })),
      ...entries.flatMap(([name, { address, asn }], index) => {
        const range = parseRange(`${address}/32`);
        const twin = entries.slice(0, index).find(([, other]) => other.address === address);
        return [
          ...when(range !== undefined && unreachable.some((outer) => contains(outer, range)), () => ({
            path: path(`offices.${name}.address`),
            got: address,
            allowed: 'an address on the internet',
            remedy: 'give the public address of the router, not the one it has inside',
          })),
          ...when(twin !== undefined, () => ({
            path: path(`offices.${name}.address`),
            got: address,
            allowed: `another than that of ${twin?.[0]}`,
            remedy: 'give each office its own router, or put the ranges of both into one office',
          })),
          ...when(asn === officesAsn, () => ({
            path: path(`offices.${name}.asn`),
            got: asn,
            allowed: `another than officesAsn, which is ${officesAsn}`,
            remedy: 'give each end a number of its own, or neither takes the routes of the other',
          })),
        ];
      }),
      ...unusedReach(platform, path, entries),
    ];
  });

const unusedReach = (
  { databases, stage }: Platform,
  path: (rest: string) => string,
  entries: readonly (readonly [name: string, office: { readonly reaches: readonly string[] }])[],
) => {
  const lacks = {
    databases: Object.keys(databases).length === 0 ? 'declare a database' : undefined,
    logs: stage.logs === undefined ? 'give the stage logs.search' : undefined,
  };
  return entries.flatMap(([name, { reaches }]) =>
    Object.entries(lacks).flatMap(([kind, remedy]) =>
      when(reaches.includes(kind) && remedy !== undefined, () => ({
        path: path(`offices.${name}.reaches`),
        got: reaches,
        allowed: `what the platform has, and it has no ${kind}`,
        remedy: `${remedy}, or remove the office`,
      })),
    ),
  );
};
