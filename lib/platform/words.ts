const mutualTls =
  "remove it: with runtime: 'eks' on aws, and always on azure, a mesh has mutual TLS, breaks circuits and releases by canaries; on ecs, calls are encrypted, tasks that fail are left out, and timeoutSeconds is the end of a call";

/**
 * Words that people write where nobody understands them, because another cloud or another tool has them, and what a platform has
 * there in their place: the remedy of the error. By a pattern of the path at which they stand.
 */
const words: readonly { readonly at: RegExp; readonly instead: Readonly<Record<string, string>> }[] = [
  {
    at: /\.sites\.\w+\.network$/,
    instead: {
      // Words of AWS, on Azure.
      nat: 'remove it: the cluster of a site on azure always goes out by a NAT gateway that spans the zones, from two fixed addresses',
      interfaceEndpoints: 'remove it: a site on azure always reaches its stores by private endpoints',
      securityGroupRules: 'remove it: a network security group of azure has room for a thousand rules',
      flowLogDays: 'remove it: flow logs on azure are kept for logDays of the stage',
      offices:
        'remove it: a site on azure has no tunnels to offices; its administrators reach the cluster as docs/guides/cluster.md says, and nobody else the network',
      officesAsn: 'remove it, with offices: a site on azure has no tunnels to any',
      // Words of Azure, on AWS.
      ddosProtection:
        'remove it: AWS Shield Standard is always there, edge.firewall limits addresses, and Shield Advanced is subscribed to for the whole account',
      pods: 'remove it: tasks and pods on aws have addresses of network.cidr itself',
      services: "remove it, or, with runtime 'eks', write it as kubernetes.services of the site",
    },
  },
  {
    // Of a platform, a service or a site: what a mesh does has no switch of its own.
    at: /^$|^services\.[\w-]+$|\.sites\.\w+$/,
    instead: Object.fromEntries(
      ['mesh', 'serviceMesh', 'istio', 'mutualTls', 'mutualTLS', 'mtls', 'circuitBreaker', 'circuitBreaking'].map(
        (word) => [word, mutualTls],
      ),
    ),
  },
  {
    at: /\.sites\.\w+$/,
    instead: {
      account: 'remove it, and say subscription and tenant, by which azure tells who pays and who may',
      tokenIssuer: 'remove it: tokens of a site on azure are those of its cluster',
      subscription: 'remove it, and say account, which is the 12 digits of the account on aws',
      tenant: 'remove it: who may is told by IAM of the account on aws',
      administrators:
        "remove it, or, with runtime 'eks', write roles as kubernetes.administrators of the site; on ecs there is nothing to administer",
      state: 'remove it: CloudFormation keeps the state of stacks on aws',
      size: 'remove it: nodes of a site on aws come and go with what runs on them',
      copies: 'remove it: what survives the region stands as sites.recovery, to which messages are not copied',
      objectsBackSince:
        'remove it: it is for sites.recovery on azure beside a primary there, to which objects are copied back',
      link: 'remove it, and write it at sites.recovery on azure, which is the end that is told of the tunnels',
    },
  },
];

/** What to do about a word that nobody understands at a path; nothing where nothing stands in its place. */
export const insteadOf = (path: string, word: string): string | undefined =>
  words
    .filter(({ at }) => at.test(path))
    .map(({ instead }) => instead[word])
    .find((each) => each !== undefined);

/** Whatever is asked of a mesh besides its flavor, the platform says elsewhere or does by itself. */
const mesh =
  'remove it: a mesh always has mutual TLS, and breaks circuits by itself; canaries are release of a service, times timeoutSeconds of a service and timeoutMilliseconds of an integration, traces telemetry';

/** What to do about any other word at a path. */
export const otherwiseAt = (path: string): string => (/\.kubernetes\.mesh$/.test(path) ? mesh : 'remove it');
