import { z } from 'zod';
import { audit } from './audit';
import { faults } from './experiments';
import { hostedZone } from './hosted-zone';
import { walks } from './journeys';
import { loads } from './load-tests';
import { stageLogs } from './logs';
import { office, privateAsn } from './office';
import { partName, reason, rotateDays } from './scalars';
import { google } from './warehouse';

const cidr = z.string();

const waiver = z
  .strictObject({
    reason,
    /** What its absence adds to the recovery time, in minutes. */
    minutes: z.int().min(0),
  })
  .optional();

/** Capabilities of the primary that the recovery site does without. */
const waivers = z.strictObject({
  /** What is kept for speed and can be made again. */
  caches: waiver,
  searches: waiver,
  /** Delivery of messages; what was on its way is lost. */
  queues: waiver,
  topics: waiver,
  /** Runtime flags; services then do what they do without. */
  flags: waiver,
  /** Messages to people. */
  messages: waiver,
  workflows: waiver,
  functions: waiver,
  /** Copies of what buckets hold; the buckets themselves are there. */
  objects: waiver,
  /** Content delivery and firewall before the site. */
  edge: waiver,
  /** Limits, tokens and routes in one place. */
  gateway: waiver,
  /** Readers beside the one that takes writes. */
  readReplicas: waiver,
  /** Backups of what the site itself has written. */
  backups: waiver,
  /** Steps of a release, and its way back. */
  releases: waiver,
});

/** Istio from its own charts; the same on every cloud. Its root namespace is `istio-system`. */
const selfManagedMesh = z.strictObject({ flavor: z.literal('self-managed').default('self-managed') });

/** What lets workloads of a cluster find, trust and refuse each other: Istio. */
export const mesh = z.discriminatedUnion('flavor', [
  selfManagedMesh,
  /** The add-on of AKS, which Azure upgrades. Its root namespace is `aks-istio-system`. */
  z.strictObject({
    flavor: z.literal('aks-addon'),
    /** Revision, by which namespaces ask for it: `asm-1-29`. */
    revision: z.string().regex(/^asm-1-\d{2}$/, { error: 'asm-1- and two digits, as Azure names revisions' }),
  }),
]);
export type Mesh = z.output<typeof mesh>;

/**
 * Version with which a cluster is made, and for which manifests are checked. From there, the cluster follows the versions that
 * its cloud supports.
 */
const kubernetesVersion = z.enum(['1.34']).default('1.34');

/** The Kubernetes of a site. */
const kubernetes = z.strictObject({
  version: kubernetesVersion,
  mesh: mesh.prefault({ flavor: 'self-managed' }),
});
export type Kubernetes = z.output<typeof kubernetes>;

/** Name of a role, without its path, in words of letters and digits: by it a cluster's administrators are told apart. */
export const roleName = (arn: string): string =>
  (arn.split('/').at(-1) ?? arn)
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .join('-');

/** The Kubernetes of a site on AWS. */
const eksKubernetes = z.strictObject({
  version: kubernetesVersion,
  mesh: selfManagedMesh.prefault({ flavor: 'self-managed' }),
  /** Address range of the cluster's services, of prefix /12 to /24. Pods have addresses of the network itself. */
  services: cidr.default('172.20.0.0/16'),
  /** Roles of the people who administer the cluster, by ARN, each name once. @default - nobody but the role that deploys */
  administrators: z
    .array(z.string().regex(/^arn:[\w-]+:iam::\d{12}:role\/.+$/, { error: 'the ARN of a role' }))
    .refine((roles) => new Set(roles.map(roleName)).size === roles.length, { error: 'roles of different names' })
    .readonly()
    .default([]),
});

/** A place in an AWS account, whatever runs the services there. */
const awsPlace = {
  cloud: z.literal('aws'),
  /** Account id, 12 digits. */
  account: z.string().regex(/^\d{12}$/, { error: '12 digits' }),
  region: z.string(),
  /**
   * Who issues the tokens by which roles of the account prove who they are on another cloud: what
   * `aws iam enable-outbound-web-identity-federation` prints, once in the account's life. @default - a documentation value
   */
  tokenIssuer: z
    .string()
    .regex(/^https:\/\/[0-9a-f-]{36}\.tokens\.sts\.global\.api\.aws$/, {
      error: 'an issuer of AWS: https://<id>.tokens.sts.global.api.aws',
    })
    .default('https://00000000-0000-0000-0000-000000000000.tokens.sts.global.api.aws'),
  /** Availability zones by full name, two or three. */
  zones: z.array(z.string()).min(2).max(3).readonly(),
  network: z.strictObject({
    /** Address range of the VPC, /16 to /20. */
    cidr: cidr,
    /**
     * Way out to the internet, always from fixed addresses. `regional`: one gateway that spans the zones. `per-zone`: a
     * gateway a zone. `single`: one gateway in one zone, cheap, lost with its zone. `none`: no way out.
     */
    nat: z.enum(['regional', 'per-zone', 'single', 'none']).default('per-zone'),
    /** Private endpoints for AWS services: charged by the hour and zone, and traffic to AWS stays inside. */
    interfaceEndpoints: z.boolean().default(true),
    /**
     * Rules that a security group may have in each direction: the account's quota, which AWS gives as 60 and raises to 200
     * where a network interface may be in five groups. Some sixty services reach the first.
     */
    securityGroupRules: z.int().min(60).max(200).default(60),
    /** Flow logs are kept this long, in days. */
    flowLogDays: z.int().min(1).max(3650).default(365),
    /** Places of work with a way into the network, at most ten. */
    offices: z.record(partName, office).default({}),
    /** Autonomous system of the site's end of their tunnels. */
    officesAsn: privateAsn.default(64_520),
  }),
  waives: waivers.prefault({}),
};

/** What a site on ECS has not: words of {@link eksSite}, and where they are understood. */
const onEksAlone = z
  .custom<undefined>((value) => value === undefined, {
    error: "absent on ecs: a mesh with mutual TLS, circuit breaking and its own canaries needs runtime: 'eks'",
  })
  .optional();

/** A site whose services are tasks on Fargate. */
const ecsSite = z.strictObject({
  ...awsPlace,
  /** What runs the services. */
  runtime: z.literal('ecs').default('ecs'),
  kubernetes: onEksAlone,
});

/** A site whose services are pods of a cluster of EKS. */
const eksSite = z.strictObject({
  ...awsPlace,
  runtime: z.literal('eks'),
  kubernetes: eksKubernetes.prefault({}),
});

/** A place in an AWS account. */
export const awsSite = z.discriminatedUnion('runtime', [ecsSite, eksSite]);

/** How a recovery site is linked to a primary on another cloud: a private network by four tunnels, routes by BGP. */
const link = z.strictObject({
  /** Autonomous system of the primary's end. */
  awsAsn: privateAsn.default(64_512),
  /** Autonomous system of the recovery site's end. */
  azureAsn: privateAsn.default(65_010),
  /**
   * Ranges of the tunnels' own addresses: two of prefix /29 between 169.254.21.0 and 169.254.22.255, which is where Azure
   * speaks BGP to AWS.
   */
  inside: z.tuple([z.string(), z.string()]).readonly().default(['169.254.21.0/29', '169.254.22.0/29']),
  /** People give its four tunnels new keys at the latest after so many days: somebody is called when they did not. */
  rotateDays: rotateDays.default(365),
});
export type Link = z.output<typeof link>;

/**
 * A second region to which Azure itself copies what the site holds, message by message and image by image: what survives
 * the region. Nothing runs there. Storage and backups of a protected stage are copied to the region's pair in any case.
 */
const copies = z.strictObject({
  /** The pair of the site's region. */
  region: z.string(),
  /** So many seconds may copies be behind, senders are refused beyond. 0: a message is taken once it is in both regions. */
  messagesLagSeconds: z
    .int()
    .refine((seconds) => seconds === 0 || (seconds >= 300 && seconds <= 86_400), { error: '0, or 300 to 86400' })
    .default(300),
});
export type Copies = z.output<typeof copies>;

/** A place in an Azure subscription. */
export const azureSite = z.strictObject({
  cloud: z.literal('azure'),
  subscription: z.guid(),
  tenant: z.guid(),
  region: z.string(),
  /** Availability zones by number. */
  zones: z
    .array(z.enum(['1', '2', '3']))
    .min(1)
    .max(3)
    .readonly()
    .default(['1', '2', '3']),
  runtime: z.enum(['aks']).default('aks'),
  /**
   * How large the cluster always stands; its autoscaler goes up to the largest scale of every service either way. `standby`:
   * for the least scale of every service, which is what a recovery site runs until it is needed, and a primary until its
   * customers come. `full`: for the largest scale, without waiting for nodes.
   */
  size: z.enum(['standby', 'full']).default('standby'),
  /** @default - messages and images are in the site's region alone */
  copies: copies.optional(),
  /**
   * Since when objects are written here, in UTC, to the second: `2026-03-01T04:00:00Z`. For a recovery site beside a primary on Azure,
   * while it leads: objects are copied to the primary, and none from there. @default - they are copied here
   */
  objectsBackSince: z.iso
    .datetime({ precision: 0, error: 'a time in UTC, to the second: 2026-03-01T04:00:00Z' })
    .optional(),
  kubernetes: kubernetes.prefault({}),
  /** The people who administer the cluster, the databases and the vault: a group of Entra ID. */
  administrators: z.strictObject({
    /** Display name of the group. */
    name: z.string().min(3).max(120),
    /** Object id of the group. */
    objectId: z.guid(),
  }),
  /** Where Terraform keeps the state of each stack. Made once, before everything else, by a script of the repository. */
  state: z.strictObject({
    /** Name of the storage account, which no other account of Azure has. */
    account: z.string().regex(/^[a-z0-9]{3,24}$/, { error: '3 to 24 lower-case letters and digits' }),
    resourceGroup: partName.default('terraform-state'),
    container: partName.default('state'),
  }),
  network: z.strictObject({
    /** Address range of the virtual network, /16 to /20. */
    cidr: cidr,
    /** Address range of the cluster's pods. */
    pods: cidr,
    /** Address range of the cluster's services. */
    services: cidr,
    /**
     * Protection of public addresses against floods, beyond what Azure gives everybody. `address`: of the one address that takes
     * requests, about $199 a month; somebody is called when it is attacked. `network`: a plan for every address of the network, about
     * $2,944 a month, with people of Azure who help, and what the flood cost given back. `basic`: no more than everybody has.
     */
    ddosProtection: z.enum(['basic', 'address', 'network']).default('basic'),
  }),
  /** The link to the primary, where this is a recovery site. */
  link: link.prefault({}),
  waives: waivers.prefault({}),
});

/** A place where the platform stands. */
export const site = z.discriminatedUnion('cloud', [awsSite, azureSite]);
export type AwsSite = z.output<typeof awsSite>;
export type EksSite = z.output<typeof eksSite>;
export type AzureSite = z.output<typeof azureSite>;
export type Site = z.output<typeof site>;

/** One environment of the platform, from the same definition as every other. */
export const stage = z.strictObject({
  /** Name under which the platform is reached. */
  domain: z.hostname(),
  /** Public DNS zone that holds the domain. */
  hostedZone: hostedZone,
  /** Where alarms go. */
  alarms: z.strictObject({
    /** People on call: whatever cannot wait. */
    email: z.email(),
    /** People who look by day: what may become worse, on Azure alone. @default - the people on call are told of it too */
    warnings: z.strictObject({ email: z.email() }).optional(),
  }),
  /** Nothing of this stage is removed by mistake: deletion and termination protection, longest retention. */
  protected: z.boolean(),
  /** Logs are kept this long, in days. */
  logDays: z.literal([7, 14, 30, 90, 180, 365, 400, 731]),
  /** What is done with logs besides keeping them. @default - nothing */
  logs: stageLogs.optional(),
  /** What watches the account. */
  audit: audit.prefault({}),
  /** Has every journey of the platform walked, from outside. @default - nobody walks them */
  journeys: walks.optional(),
  /** Lets people start every experiment of the platform here. @default - none is there to be started */
  experiments: faults.optional(),
  /** Has every load test of the platform run, once a week at least. @default - none runs */
  loadTests: loads.optional(),
  sites: z.strictObject({ primary: site, recovery: site.optional() }),
  /** Where warehouses stand, whichever site leads. @default - there are none */
  google: google.optional(),
});
export type Stage = z.output<typeof stage>;
