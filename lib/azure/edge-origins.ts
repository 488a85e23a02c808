import type { Construct } from 'constructs';
import { frontDoorLinkRegion } from '../platform/azure-front-door';
import { gatewayBackend } from '../platform/azure-gateway';
import { pascalCase } from '../platform/ids';
import { EdgeOrigin, type OriginTarget } from './edge-origin';
import { pageOf, type EdgeAssets } from './edge-pages';
import type { Place } from './place';
import { required } from '../platform/required';

/** A site that answers while the first is unwell. */
export interface EdgeStandby {
  /** Region in which it stands. */
  readonly region: string;
  /** Its own name, under which it can be looked at. */
  readonly host: string;
  /** Id of its application gateway's private link. */
  readonly gatewayLinkId: string;
  /** The same files, in its own storage account. */
  readonly assets: EdgeAssets;
}

export interface OriginsProps {
  readonly place: Pick<Place, 'location'>;
  readonly profileId: string;
  readonly hosts: readonly string[];
  readonly gatewayLinkId: string;
  readonly assets: EdgeAssets;
  readonly standbys?: Readonly<Record<string, EdgeStandby>>;
}

/** From where requests under some names are answered. */
export interface EdgePlace {
  /** What the place is called beside the first, which has no name. */
  readonly name: string;
  /** Names that lead there. @default - those of the site */
  readonly hosts?: readonly string[];
  readonly gateway: EdgeOrigin;
  readonly assets: EdgeOrigin;
}

/** How a site is reached. */
const targets = ({
  assets,
  gatewayLinkId,
  host,
  region,
}: EdgeStandby): Readonly<Record<'assets' | 'gateway', OriginTarget>> => {
  const location = frontDoorLinkRegion(region);
  return {
    gateway: { host, link: { location, targetId: gatewayLinkId } },
    assets: { host: assets.host, link: { location, targetId: assets.accountId, part: 'blob' } },
  };
};

/** What shows whether a site serves: its gateway says how it is to those who ask with GET, and its page is there. */
const probes = (assets: Pick<EdgeAssets, 'container'>) =>
  ({
    gateway: { path: gatewayBackend.healthPath, method: 'GET' },
    assets: { path: pageOf(assets), method: 'HEAD' },
  }) as const;

/** Makes what Front Door gets answers from: the site with all that stand by, and each of these by itself. */
export function origins(
  scope: Construct,
  { assets, gatewayLinkId, hosts, place, profileId, standbys = {} }: OriginsProps,
): readonly EdgePlace[] {
  // The site's own name: the platform's may lead elsewhere.
  const first = targets({
    region: place.location,
    host: required('name of the site', hosts.at(-1)),
    gatewayLinkId,
    assets,
  });
  const others = Object.entries(standbys).map(([name, standby]) => [name, standby, targets(standby)] as const);
  const probe = probes(assets);
  const origin = (part: 'assets' | 'gateway', target: OriginTarget, name = '', after: typeof others = []): EdgeOrigin =>
    new EdgeOrigin(scope, pascalCase(`${part}${name === '' ? '' : `-${name}`}`), {
      ...target,
      profileId,
      name: `${part}${name === '' ? '' : `-alone-${name}`}`,
      probe: probe[part],
      standbys: Object.fromEntries(after.map(([site, , each]) => [site, each[part]])),
    });
  return [
    {
      name: '',
      gateway: origin('gateway', first.gateway, '', others),
      assets: origin('assets', first.assets, '', others),
    },
    ...others.map(([name, { host }, each]) => ({
      name,
      hosts: [host],
      gateway: origin('gateway', each.gateway, name),
      assets: origin('assets', each.assets, name),
    })),
  ];
}
