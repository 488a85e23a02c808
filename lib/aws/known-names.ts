import { PlatformError } from '../platform/error';
import { keepingOf } from '../platform/keeping';
import { recoveryPair } from '../platform/link';
import { linkNetwork } from '../platform/link-network';
import { thirdPartiesOf } from '../platform/messages';
import { objectCopies } from '../platform/object-copies';
import { usersOn, type Platform } from '../platform/platform';
import { serviceHost } from './balancer';
import type { NamedAwsSite } from './locked-addresses';

/** Names that a list takes at once: https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_UpdateFirewallDomains.html */
const mostNames = 255;

/** Where what copies objects changes its token for one of Azure's. */
const tokenHost = 'login.microsoftonline.com';

/**
 * Names of AWS that are asked for in a network of a region. A wildcard stands for all that is below. Not all of AWS: balancers,
 * instances and sites of strangers have names elsewhere below `amazonaws.com`, and what is in other regions is nobody's here.
 */
export const namesOfAws = (region: string): readonly string[] => [
  // APIs, private endpoints, images, buckets and brokers; then what has an ending of its own.
  `*.${region}.amazonaws.com`,
  `*.${region}.api.aws`,
  `*.${region}.rds.amazonaws.com`,
  `*.${region}.es.amazonaws.com`,
  `*.${region}.eks.amazonaws.com`,
  '*.cache.amazonaws.com',
  // Tokens, layers of images and answers to CloudFormation have names without a region, too.
  'sts.amazonaws.com',
  `prod-${region}-starport-layer-bucket.s3.amazonaws.com`,
  `cloudformation-custom-resource-response-${region.replaceAll('-', '')}.s3.amazonaws.com`,
  // What stands in the network, and every name that a program completes before it asks for it as it is.
  region === 'us-east-1' ? '*.ec2.internal' : `*.${region}.compute.internal`,
];

/** Names by which addresses of a network are asked for names, as whole numbers of the range allow: `*.16.10.in-addr.arpa`. */
export function reverseNames(cidr: string): string {
  const [address = '', prefix = '0'] = cidr.split('/');
  const known = address.split('.').slice(0, Math.floor(Number(prefix) / 8));
  return `*.${known.reverse().join('.')}.in-addr.arpa`;
}

/** The other site: its servers and containers over the link, who gives tokens, and the latch. */
function namesOfRecovery(platform: Platform): readonly string[] {
  const latch = keepingOf(platform)?.latch;
  return [
    ...(recoveryPair(platform) === undefined
      ? []
      : linkNetwork(platform).azure.names.flatMap((name) => [name, `*.${name}`])),
    ...(objectCopies(platform) === undefined ? [] : [tokenHost]),
    ...(latch === undefined ? [] : [new URL(latch).hostname]),
  ];
}

/**
 * Every name that may be asked for in the network of a site, each once: AWS, services by their names in there, the third parties of
 * whoever runs there, the other site, and what programs of the platform itself call. Nothing else has an address there.
 *
 * @throws PlatformError if there are more than AWS takes
 */
export function knownNames(platform: Platform, site: NamedAwsSite): readonly string[] {
  const { loadTests } = platform.stage;
  const { manifests } = platform.delivery;
  const thirdParties = Object.values(usersOn(platform, site.siteName)).flatMap(({ uses }) =>
    thirdPartiesOf(platform, { integrations: uses.integrations ?? [], messages: uses.messages ?? [] }),
  );
  const names = [
    ...namesOfAws(site.region),
    reverseNames(site.network.cidr),
    // The gateway finds services of ECS in a zone of the network; in a cluster, the cluster knows them.
    ...(site.runtime === 'ecs' ? [serviceHost(platform.stage.domain, '*')] : []),
    ...thirdParties.map(({ host }) => host.toLowerCase()),
    ...namesOfRecovery(platform),
    // Loads come in by the front door.
    ...(loadTests === undefined ? [] : [platform.stage.domain]),
    ...(site.runtime === 'eks' && manifests.by === 'argocd' ? [new URL(manifests.repository).hostname] : []),
  ];
  const known = [...new Set(names)].sort();
  if (known.length > mostNames) {
    throw new PlatformError('names of a network', [
      {
        path: 'integrations',
        got: known.length,
        allowed: `at most ${mostNames} hosts, those of AWS, of services and of the other site included`,
        remedy: 'remove integrations that nobody uses any more, or call some of them by one host',
      },
    ]);
  }
  return known;
}
