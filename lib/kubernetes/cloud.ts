import type { Authentications, Source } from '../platform/contract';
import type { CloudIdentity } from './cloud-token';
import type { Dialect } from '../platform/sql/service';
import type { INodeClass, INodePool, ISecretStore } from './custom-types';
import type { PodsIn } from './pods-in';

/** What a workload runs as in its cloud. */
export interface CloudAccount {
  /** Annotations of the account in the cluster that acts as the workload's identity. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Labels of pods that are to be given tokens of that identity. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Annotations of such pods, by which proxies leave the way to those tokens alone. @default - none */
  readonly podAnnotations?: Readonly<Record<string, string>>;
}

/** TCP ports in a row. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

/** A way out of the cluster, as policies of the network see it. */
export interface Reach {
  /** Address ranges. */
  readonly ranges: readonly string[];
  /** Address ranges among them that stay closed. @default - none */
  readonly except?: readonly string[];
  /** TCP ports. */
  readonly ports: readonly (number | PortRange)[];
}

/** A host outside of the cluster, as the mesh knows it. */
export interface OutsideHost {
  readonly host: string;
  readonly port: number;
  /**
   * `tls`: the workload encrypts by itself, under the name of the host. `tcp`: so does it, but the name does not tell where a
   * connection goes.
   */
  readonly protocol: 'tcp' | 'tls';
  /** Ports at the same addresses to which a workload is sent on from there. @default - it is not */
  readonly sendsOnTo?: PortRange;
  /** A call that takes longer has failed, in milliseconds; whoever does not answer is spared. @default - services go on calling */
  readonly timeoutMilliseconds?: number;
}

/** What a workload uses outside of the cluster: how packets get there, and under which names. */
export interface Outside {
  readonly reach: readonly Reach[];
  readonly hosts: readonly OutsideHost[];
}

/** How the administrator of a server proves who that is. */
export type AdministrationLogin =
  /** A token of the cloud in place of a password, for which the account's own token is exchanged. */
  | {
      readonly by: 'token';
      /** To whom the account's own token is shown. */
      readonly audience: string;
      readonly url: string;
      /** Fields of the request, but for the account's token, which is `client_assertion`. */
      readonly form: Readonly<Record<string, string>>;
    }
  /** A password in the vault, in a field of an entry. */
  | { readonly by: 'password'; readonly entry: string; readonly field: string };

/** How the job of migrations reaches a PostgreSQL server as its administrator. */
export interface DatabaseAdministration {
  /** The server that takes writes. */
  readonly host: string;
  /** Its own port, since a pool would break migrations. */
  readonly port: number;
  readonly user: string;
  readonly login: AdministrationLogin;
  /** Root that signs the certificate of the server, in PEM. @default - one that the image brings */
  readonly root?: string;
  /** In which words of SQL users are tied to identities. */
  readonly dialect: Dialect;
  readonly reach: readonly Reach[];
}

/** How the job of migrations reaches a database of SQL Server, which it enters as its own identity. */
export interface SqlServerAdministration {
  readonly host: string;
  readonly port: number;
  readonly reach: readonly Reach[];
}

/** How the balancer in front of the gateway is made, and who stands before it. */
export interface GatewayBalancer {
  /** A balancer that the cluster asks for, or the targets of one that stands already and to which the cluster adds pods. */
  readonly made:
    | {
        readonly by: 'cluster';
        /** By which the cloud makes it: inside the network, at the address that the edge knows. */
        readonly annotations: Readonly<Record<string, string>>;
      }
    | { readonly by: 'cloud'; readonly targetGroup: string };
  /** Address ranges of those who call the gateway. */
  readonly clients: readonly string[];
  /** Address ranges of proxies whose word about a client's address is believed. */
  readonly proxies: readonly string[];
}

/** Where figures and traces of a cluster go, in the words of those who send them. */
export interface CloudTelemetry {
  /** A target of Prometheus's remote write. */
  readonly metrics: { readonly url: string } & (
    | { readonly azuread: object }
    | { readonly sigv4: { readonly region: string } }
  );
  /** Parts of the collector's configuration: who it is, and what it sends to. */
  readonly collector: {
    readonly extensions: Readonly<Record<string, object>>;
    readonly exporters: Readonly<Record<string, object>>;
    /** Which of them takes what. */
    readonly signals: Readonly<Record<'metrics' | 'traces', readonly string[]>>;
  };
  /** Variables of the collector. */
  readonly environment: Readonly<Record<string, string>>;
  /** What reaches both targets. */
  readonly reach: readonly Reach[];
}

/** Nodes apart from those of services, and what lets a pod stand on them. */
export interface SystemNodes {
  readonly labels: Readonly<Record<string, string>>;
  readonly tolerations: readonly { readonly key: string; readonly operator: 'Exists'; readonly effect: 'NoSchedule' }[];
}

/** How the length of a queue is asked for, as KEDA has it. */
export interface QueueLength {
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** As whom KEDA asks the cloud: an identity of its own, which may do nothing else. */
export type ScalerIdentity =
  | {
      readonly provider: 'azure-workload';
      /** Client id of the identity. */
      readonly identityId: string;
    }
  | { readonly provider: 'aws'; readonly identityOwner: 'keda' };

/** How External Secrets reads the vault for one account, in the words of its stores. */
export type StoreProvider = NonNullable<ISecretStore['spec']>['provider'];

/** Nodes that the cluster asks for by itself, where the cloud has no pool of them. */
export interface OwnNodes {
  /** What they are called. */
  readonly name: string;
  readonly nodeClass: INodeClass['spec'];
  readonly nodePool: INodePool['spec'];
}

/** Settings of the cloud's own agents in the cluster. */
export interface AgentSettings {
  readonly name: string;
  readonly namespace: string;
  readonly data: Readonly<Record<string, string>>;
}

/** Whom Argo Rollouts tells that a release of a service has ended, in its own words. */
export interface ReleaseNews {
  /** The service whose releases are told of. */
  readonly service: string;
  /** A service of its notifications, and how that is set. */
  readonly by: { readonly kind: 'awssqs'; readonly settings: { readonly region: string; readonly queue: string } };
  /** What reaches it. */
  readonly reach: readonly Reach[];
}

/** The cloud that a cluster stands in: everything that workloads need to know of it, and the only place that knows it. */
export interface Cloud {
  readonly name: 'aws' | 'azure';
  /** How services prove who they are to what they use. */
  readonly authentications: Authentications;
  /** A value of the contract that the cloud fills in. Services are found in the cluster and secrets in the vault, so neither is asked for here. */
  value(source: Source, service: string): string;
  /** The identity of a workload: a service, the gateway, or another of the platform's own. */
  account(word: string): CloudAccount;
  /** As whom a program that asks for its tokens itself speaks to the cloud. */
  identity(word: string): CloudIdentity;
  /** Where a workload gets its tokens from, which all that have an identity need. */
  readonly tokens: Outside;
  /** What reaches a part that a service uses. */
  outside(source: Pick<Source, 'noun' | 'name'>, service?: string): Outside;
  /** How the databases of a part are administered, which the job of migrations alone may. */
  administration(database: string): DatabaseAdministration;
  /** The same of SQL Server. @default - the cloud has none */
  readonly sqlServer?: (database: string) => SqlServerAdministration;
  /** Where digests of ledgers are kept. @default - nowhere */
  readonly digestStore?: {
    /** URL of the container. */
    readonly container: string;
    readonly reach: readonly Reach[];
  };
  /** The same of results of load tests. @default - they run elsewhere */
  readonly loadStore?: {
    /** URL of the container. */
    readonly container: string;
    readonly reach: readonly Reach[];
  };
  /** Where a set of flags is changed: the store, and then its copies. @default - the cloud changes flags by itself */
  readonly flagStores?: (set: string) => {
    /** URLs. */
    readonly hosts: readonly string[];
    readonly reach: readonly Reach[];
  };
  /** By which databases know an identity. */
  principal(word: string): string;
  /** The balancer in front of the gateway. */
  balancer(): GatewayBalancer;
  /** Pool of the versions of a service in a gateway of the cloud, whose weights its releases move. @default - the mesh alone moves weights */
  readonly releasePool?: (service: string) => string;
  /** Where figures and traces go. */
  telemetry(): CloudTelemetry;
  /** Registry of images; the cluster pulls from no other. */
  readonly registry: string;
  /** How External Secrets reads for somebody, by the word and as the account of that. */
  store(word: string, account: string): StoreProvider;
  /** Where the certificate of the gateway is from: an entry of the vault, or made in the cluster, where whoever calls only encrypts. */
  readonly gatewayCertificate: { readonly from: 'vault'; readonly entry: string } | { readonly from: 'cluster' };
  /** What reaches the vault. */
  readonly vaultReach: readonly Reach[];
  /** What reaches the figures of queues, by which pods are counted. */
  readonly queueFigures: readonly Reach[];
  /** What reaches the cluster's API server, and from where it calls webhooks. */
  readonly apiServer: Reach;
  /** Pods of the cloud that carry calls of the API server to where it has no way of its own. @default - it has */
  readonly apiTunnel?: PodsIn;
  /** Addresses that answer names of the cluster where no pods do. @default - pods of the cluster answer */
  readonly nameServers?: readonly string[];
  /** Pods of the cloud that tell what Kubernetes knows. @default - the cloud's own agent reads it */
  readonly stateMetrics?: Required<PodsIn> & { readonly port: number };
  /** Kubelets, which tell what containers use. @default - the cloud's own agent reads it */
  readonly kubelets?: Reach;
  /** Settings of the cloud's agents. @default - none */
  readonly agents: readonly AgentSettings[];
  /** Nodes that the cluster asks for. @default - the cloud has pools of them */
  readonly nodes?: readonly OwnNodes[];
  /** Labels of the nodes on which pods of a word stand apart from all others, whose taints are the same. @default - none do */
  readonly nodesApart?: (word: string) => Readonly<Record<string, string>> | undefined;
  /** The internet, and nothing of any private network. */
  internet(ports: readonly number[]): Reach;
  /** Nodes for what the cluster itself and the platform's systems run: no service crowds them out. */
  readonly systemNodes: SystemNodes;
  /** How the length of a queue is asked for that a service empties, of which so many messages may wait a pod. */
  queueLength(source: Source, service: string, perPod: number): QueueLength;
  /** As whom it is asked for. */
  readonly scaler: ScalerIdentity;
  /** Name of a field of a secret in the vault. */
  secretKey(secret: string, field: string): string;
  /** Architecture of the nodes on which services run, as Kubernetes calls it. */
  readonly architecture: 'amd64' | 'arm64';
  /** Whom releases of the service that makes pages are told. @default - nobody */
  readonly releaseNews?: ReleaseNews;
  /** Region and zones, for people. */
  readonly region: string;
}
