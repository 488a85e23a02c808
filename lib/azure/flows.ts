import type { AzureLinkSubnet } from '../platform/link-network';
import { azurePorts } from '../platform/azure-hosts';
import { gatewayPort, gatewayStatusPort } from '../platform/ports';
import type { AzureScopeSubnet, AzureSubnet } from '../platform/subnets';

/**
 * Who is at the other end of a flow: a subnet, one of a scope, API Management, whoever of the edge calls the gateway by itself, the cluster's pods, the
 * platform's other sites, third parties of a scope, those sites in other regions of Azure, the resolvers there or what copies objects from there, or a service of Azure.
 */
export type Peer =
  | AzureSubnet
  | `scope-${AzureScopeSubnet}`
  | 'api-management'
  | 'gateway-edge'
  | 'pods'
  | 'object-copiers'
  | 'other-regions'
  | 'other-sites'
  | 'third-parties'
  | 'other-resolvers'
  | keyof typeof serviceTags;

/** Service tags of Azure: https://learn.microsoft.com/azure/virtual-network/service-tags-overview */
export const serviceTags = {
  internet: ['Internet'],
  'balancer-probes': ['AzureLoadBalancer'],
  'gateway-manager': ['GatewayManager'],
  storage: ['Storage'],
  'key-vault': ['AzureKeyVault'],
  entra: ['AzureActiveDirectory'],
} as const satisfies Record<string, readonly string[]>;

/** What may pass: from or to whom, on which ports. */
export interface Flow {
  /** Why, in one sentence. */
  readonly description: string;
  readonly peers: readonly Peer[];
  readonly ports: readonly string[];
  /** @default 'Tcp' */
  readonly protocol?: 'Tcp' | '*';
}

type GuardedSubnet = Exclude<AzureSubnet, 'link'>;
/** Flows of one direction, by name. */
export type Flows = Readonly<Record<string, Flow>>;

const inCluster = ['cluster', 'pods'] as const;
const probes: Flow = {
  description: 'Probes of the load balancer.',
  peers: ['balancer-probes'],
  ports: ['*'],
  protocol: '*',
};
const gateway: Flow = {
  description: 'The application gateway calls the gateway, and asks for its health.',
  peers: ['gateway-edge'],
  ports: [String(gatewayPort), String(gatewayStatusPort)],
};
const apiManagement: Flow = {
  description: 'API Management calls the door of the cluster.',
  peers: ['api-management'],
  ports: [String(gatewayPort)],
};
const postgresPorts = ['5432', '6432'] as const;
const cacheShards = `${azurePorts.cacheShards.first}-${azurePorts.cacheShards.last}`;

/**
 * Who may reach each subnet. Ports of Azure: PostgreSQL 5432, its pooler 6432; Service Bus 5671, which is AMQP by TLS; Managed Redis
 * 10000, and 8500 to 8599 for its shards; SQL 1433.
 */
export const inboundRules: Readonly<Record<GuardedSubnet, Flows>> = {
  cluster: {
    // Pods have a range of their own, and packets between them keep their addresses.
    nodes: {
      description: 'Nodes and pods among each other.',
      peers: inCluster,
      ports: ['*'],
      protocol: '*',
    },
    'api-server': {
      description: 'The API server calls nodes, webhooks and metrics.',
      peers: ['api-server'],
      ports: ['*'],
    },
    gateway,
    probes,
    'api-management': apiManagement,
  },
  'api-server': {
    cluster: {
      description: 'Nodes and pods call the API server.',
      peers: [...inCluster, 'scope-nodes'],
      ports: ['443', '4443'],
    },
    probes: { ...probes, ports: ['9988'], protocol: 'Tcp' },
  },
  balancer: { gateway, probes, 'api-management': apiManagement },
  postgres: {
    callers: {
      description: 'Services and functions.',
      peers: [...inCluster, 'functions'],
      ports: postgresPorts,
    },
    replicas: { description: 'Servers among each other.', peers: ['postgres'], ports: postgresPorts },
    // The way back: the other site subscribes to what was written here.
    'other-sites': { description: 'Replication to the other site.', peers: ['other-sites'], ports: ['5432'] },
    // One server takes writes, whichever region leads: pods leave a cluster with the addresses of their nodes.
    'other-regions': { description: 'Services of the other region.', peers: ['other-regions'], ports: postgresPorts },
  },
  endpoints: {
    callers: {
      description: 'Services and functions call what they use.',
      peers: [...inCluster, 'functions'],
      ports: ['443', '1433', '5671', cacheShards, '10000'],
    },
    infrastructure: {
      description:
        'The API server unwraps the key of its secrets, the application gateway reads its certificate and files.',
      peers: ['api-server', 'application-gateway'],
      ports: ['443'],
    },
    'object-copiers': {
      description: 'The primary copies its objects.',
      peers: ['object-copiers'],
      ports: ['443'],
    },
    'scope-functions': {
      description: 'Functions of scopes tell Azure Monitor, and the rest of the platform by Service Bus.',
      peers: ['scope-functions'],
      ports: ['443', '5671'],
    },
    'scope-nodes': {
      description: 'Nodes of scopes fetch images, and tell Azure Monitor.',
      peers: ['scope-nodes'],
      ports: ['443'],
    },
  },
  'application-gateway': {
    clients: {
      description: 'People, behind its firewall. Who comes without TLS is sent on.',
      peers: ['internet'],
      ports: ['80', '443'],
    },
    'front-door': { description: 'Front Door, by private link.', peers: ['private-link'], ports: ['443'] },
    management: {
      description: 'Azure looks after the gateway. It asks for these ports, and only Azure has certificates for them.',
      peers: ['gateway-manager'],
      ports: ['65200-65535'],
    },
    probes,
  },
  'private-link': {},
  functions: {},
};

/** What each subnet that may not reach the internet reaches all the same. */
export const outboundRules: Readonly<Partial<Record<GuardedSubnet, Flows>>> = {
  postgres: {
    replicas: { description: 'Servers among each other.', peers: ['postgres'], ports: postgresPorts },
    'other-sites': { description: 'Replication from the other site.', peers: ['other-sites'], ports: ['5432'] },
    storage: { description: 'Backups and the write-ahead log.', peers: ['storage'], ports: ['443'] },
    entra: { description: 'Logins.', peers: ['entra'], ports: ['443'] },
    'key-vault': { description: 'The key of the disks.', peers: ['key-vault'], ports: ['443'] },
  },
  endpoints: {},
  balancer: {},
  'private-link': {},
};

const names = ['53'] as const;

/** The same for subnets that a site has for its link: who asks the resolver there for names, and whom it asks. */
export const linkFlows: Readonly<Record<AzureLinkSubnet, { readonly inbound: Flows; readonly outbound: Flows }>> = {
  'dns-inbound': {
    inbound: {
      'other-resolvers': {
        description: 'Resolvers of the other site ask for names.',
        peers: ['other-resolvers'],
        ports: names,
        protocol: '*',
      },
    },
    outbound: {},
  },
  'dns-outbound': {
    inbound: {},
    outbound: {
      'other-resolvers': {
        description: 'Resolvers of the other site are asked for names.',
        peers: ['other-resolvers'],
        ports: names,
        protocol: '*',
      },
    },
  },
};

/** Ports of what API Management calls, and of what Azure asks that it can reach. It is called at a private endpoint, so nobody comes in by its subnet. */
export const apiManagementFlows: { readonly inbound: Flows; readonly outbound: Flows } = {
  inbound: {},
  outbound: {
    balancer: {
      description: 'The door of the cluster.',
      peers: ['balancer'],
      ports: [String(gatewayPort)],
    },
    endpoints: { description: 'Application Insights, in the network.', peers: ['endpoints'], ports: ['443'] },
    storage: { description: 'Its own files.', peers: ['storage'], ports: ['443'] },
    'key-vault': { description: 'What verifies tokens.', peers: ['key-vault'], ports: ['443'] },
  },
};
