import { contains, overlap, parseRange, type Range } from '../address';
import { didYouMean } from '../nearest';
import type { AwsSite } from '../nouns/site';
import { objectCopies } from '../object-copies';
import { sitesOf, type PlacedSite, type Platform } from '../platform';
import { kilometresBetween, regionNames, zonesOf, type Cloud } from '../regions';
import { stagePath, when, type Check } from './check';

interface NamedRange {
  readonly path: string;
  readonly text: string;
}

const sitePath = (platform: Platform, site: PlacedSite, rest: string) =>
  stagePath(platform, `sites.${site.siteName}.${rest}`);

function rangesOf(platform: Platform): readonly NamedRange[] {
  return sitesOf(platform).flatMap((site) => {
    const { network } = site;
    const texts =
      site.cloud === 'azure'
        ? (['cidr', 'pods', 'services'] as const).map((key) => [`network.${key}`, site.network[key]] as const)
        : [
            ['network.cidr', network.cidr] as const,
            ...officeRanges(site),
            ...(site.runtime === 'eks' ? [['kubernetes.services', site.kubernetes.services] as const] : []),
          ];
    return texts.map(([path, text]) => ({ path: sitePath(platform, site, path), text }));
  });
}

/** The ranges of a site's offices, by where they stand in its network. */
const officeRanges = ({ network: { offices } }: AwsSite): readonly (readonly [path: string, text: string])[] =>
  Object.entries(offices).flatMap(([name, { ranges }]) =>
    ranges.map((text, index) => [`network.offices.${name}.ranges.${index}`, text] as const),
  );

/** Every address range is well formed and begins at its first address. */
export const wellFormedRanges: Check = (platform) =>
  rangesOf(platform)
    .filter(({ text }) => parseRange(text) === undefined)
    .map(({ path, text }) => ({
      path,
      got: text,
      allowed: 'an IPv4 range in CIDR notation that begins at its first address, such as 10.16.0.0/16',
      remedy: 'correct the address or the prefix',
    }));

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map(parseRange);

/** Ranges of all sites, pods and services are private and disjoint: the sites are linked, and the links route by them. */
export const disjointRanges: Check = (platform) => {
  const ranges = rangesOf(platform).flatMap(({ path, text }) => {
    const range = parseRange(text);
    return range === undefined ? [] : [{ path, text, range }];
  });
  const outside = ranges
    .filter(({ range }) => !privateRanges.some((outer) => outer !== undefined && contains(outer, range)))
    .map(({ path, text }) => ({
      path,
      got: text,
      allowed: 'inside 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10',
      remedy: 'choose a private range',
    }));
  const overlaps = ranges.flatMap((a, index) =>
    ranges.slice(index + 1).flatMap((b) =>
      when(overlap(a.range, b.range), () => ({
        path: b.path,
        got: b.text,
        allowed: `apart from ${a.text} (${a.path})`,
        remedy: 'choose a range that no other site, pod or service range overlaps',
      })),
    ),
  );
  return [...outside, ...overlaps];
};

/** Prefix of the VPC, within which every tier and zone finds its subnet. */
export const vpcPrefix: Check = (platform) =>
  sitesOf(platform).flatMap((site) => {
    const range: Range | undefined = parseRange(site.network.cidr);
    return when(range !== undefined && (range.prefix < 16 || range.prefix > 20), () => ({
      path: sitePath(platform, site, 'network.cidr'),
      got: site.network.cidr,
      allowed: 'a range of prefix /16 to /20',
      remedy: 'a /16 leaves room for every subnet to grow',
    }));
  });

const zonedRegions = (cloud: Cloud): readonly string[] =>
  regionNames(cloud).filter((region) => (zonesOf(cloud, region)?.length ?? 0) > 0);

/** The region is known and has zones, and the zones named are its own. */
export const zones: Check = (platform) =>
  sitesOf(platform).flatMap((site) => {
    const known = zonesOf(site.cloud, site.region);
    if (known === undefined || known.length === 0) {
      return [
        {
          path: sitePath(platform, site, 'region'),
          got: site.region,
          allowed: `a region of ${site.cloud} with availability zones, one of ${zonedRegions(site.cloud).join(', ')}`,
          remedy: didYouMean(site.region, zonedRegions(site.cloud), 'choose one of them'),
        },
      ];
    }
    const named: readonly string[] = site.zones;
    const foreign = named.filter((zone) => !known.includes(zone));
    const repeated = named.filter((zone, index) => named.indexOf(zone) !== index);
    return [...foreign, ...repeated].map((zone) => ({
      path: sitePath(platform, site, 'zones'),
      got: zone,
      allowed: `different ones of ${known.join(', ')}`,
      remedy: `choose zones of ${site.region}`,
    }));
  });

const minimumKilometres = 300;

/** One disaster must not reach both sites. */
export const distance: Check = (platform) => {
  const [primary, recovery] = sitesOf(platform);
  if (primary === undefined || recovery === undefined) return [];
  const kilometres = kilometresBetween(primary, recovery);
  return when(kilometres !== undefined && kilometres < minimumKilometres, () => ({
    path: sitePath(platform, recovery, 'region'),
    got: recovery.region,
    allowed: `at least ${minimumKilometres} km from ${primary.region}, and this is ${kilometres} km`,
    remedy: `choose a region of ${recovery.cloud} in another metropolitan area`,
  }));
};

/** The platform's name is inside its hosted zone. */
export const domainInZone: Check = ({ stage, stageName }) =>
  when(stage.domain !== stage.hostedZone.name && !stage.domain.endsWith(`.${stage.hostedZone.name}`), () => ({
    path: `stages.${stageName}.domain`,
    got: stage.domain,
    allowed: `${stage.hostedZone.name} or a name under it`,
    remedy: 'name the hosted zone that holds the domain',
  }));

/** Records of the domain are made where the primary stands. */
export const zoneCloud: Check = (platform) => {
  const { hostedZone, sites } = platform.stage;
  const [got, allowed] = [hostedZone.cloud ?? 'aws', sites.primary.cloud];
  return when(got !== allowed, () => ({
    path: stagePath(platform, 'hostedZone.cloud'),
    got,
    allowed: `${allowed}, the cloud of the primary`,
    remedy:
      allowed === 'azure'
        ? "delegate the domain to a zone of Azure DNS, and write cloud: 'azure', its resourceGroup and its name"
        : 'delegate the domain to a zone of Route 53, and write its id and its name',
  }));
};

/** Alarms of AWS have no severities by which they could go to different people. */
export const warnings: Check = (platform) =>
  when(platform.stage.alarms.warnings !== undefined && sitesOf(platform).some(({ cloud }) => cloud === 'aws'), () => ({
    path: stagePath(platform, 'alarms.warnings'),
    got: platform.stage.alarms.warnings?.email,
    allowed: 'absent where a site is on aws, whose alarms all go to alarms.email',
    remedy: 'remove it, and tell them apart by their names where alarms.email delivers them',
  }));

/** Third parties are reached over the internet, from a site that has a way there. */
export const wayOut: Check = (platform) => {
  const needs = [
    ...when(Object.keys(platform.integrations).length > 0, () => ({
      why: 'integrations are declared',
      remedy: 'remove the integrations',
    })),
    ...when(
      Object.values(platform.messages).some(({ push }) => push !== undefined),
      () => ({ why: 'push messages are carried by others', remedy: 'remove the push messages' }),
    ),
    ...when(objectCopies(platform) !== undefined, () => ({
      why: 'what copies objects asks Entra ID for tokens',
      remedy: 'place no bucket on both sites',
    })),
  ];
  return sitesOf(platform).flatMap((site) =>
    when(site.cloud === 'aws' && site.network.nat === 'none' && needs.length > 0, () => ({
      path: sitePath(platform, site, 'network.nat'),
      got: 'none',
      allowed: `regional, per-zone or single, because ${needs.map(({ why }) => why).join(' and ')}`,
      remedy: `choose a way out, or ${needs.map(({ remedy }) => remedy).join(' and ')}`,
    })),
  );
};
