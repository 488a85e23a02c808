import { formatRange, parseRange } from './address';
import { gatewayReadyPath } from './gateway/environment';
import type { PlacedSite, Platform } from './platform';
import { gatewayPort, gatewayStatusPort } from './ports';
import { azureSubnetKey } from './subnets';

/** Addresses at the beginning of a subnet that Azure keeps for itself. */
const keptAddresses = 4;

/**
 * Address of the internal balancer in front of the gateway: the first that a subnet of its own has to give. Known from the
 * definition, so that neither the cluster nor the edge waits for the other.
 *
 * @throws Error if the allocation lock has no such subnet.
 */
export function gatewayAddress(
  { allocations }: Pick<Platform, 'allocations'>,
  site: Pick<PlacedSite, 'siteName'>,
): string {
  const text = allocations.addresses[azureSubnetKey(site.siteName, 'balancer')];
  const range = text === undefined ? undefined : parseRange(text);
  if (range === undefined) throw new Error(`the allocation lock has no subnet ${site.siteName}/balancer`);
  const [address = ''] = formatRange({ first: range.first + keptAddresses, prefix: 32 }).split('/');
  return address;
}

/**
 * How the edge reaches the gateway there: on both ports with TLS, and with the certificate of the platform's domain, which
 * the edge verifies.
 */
export const gatewayBackend = {
  port: gatewayPort,
  statusPort: gatewayStatusPort,
  /** Answers 200 while the gateway can take requests. Served to the outside too, for probes of the edge. */
  healthPath: gatewayReadyPath,
} as const;

/** Whether API Management stands between the edge and the cluster of a site on Azure. */
export const hasApiManagement = ({ gateway }: Pick<Platform, 'gateway'>): boolean => gateway?.kind === 'api-management';

/**
 * Name by which API Management calls the door of the cluster. It is one of the certificate's, so that the call is verified, and leads
 * nowhere outside of the network.
 */
export const doorHost = (domain: string, site: Pick<PlacedSite, 'siteName'>): string =>
  `gateway.${siteHosts(domain, site).at(-1) ?? domain}`;

/** Name of the certificate of the platform's domain in the vault of a site. People or a pipeline put it there. */
export const edgeCertificate = 'edge';

/**
 * Names under which a site is served: the platform's domain, and for a recovery site one of its own, under which it can be
 * looked at while the domain leads elsewhere. The certificate has all of them.
 */
export const siteHosts = (domain: string, { siteName }: Pick<PlacedSite, 'siteName'>): readonly string[] =>
  siteName === 'primary' ? [domain] : [domain, `${siteName}.${domain}`];
