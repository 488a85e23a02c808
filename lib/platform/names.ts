import type { Platform } from './platform';

/** What the channels of a service begin with, in the cache over which its tasks tell each other. */
export const socketChannels = (service: string): string => `${service}:`;

/** PostgreSQL user and schema of a service; the same on every cloud. */
export const databaseUser = (service: string): string => `svc_${service.replaceAll('-', '_')}`;

/** PostgreSQL database of a part. */
export const databaseName = (database: string): string => database.replaceAll('-', '_');

/** A replica of a SQL Server database under a name of its own. */
export const namedReplicaName = (database: string, replica: string): string =>
  `${databaseName(database)}_${databaseName(replica)}`;

/** Schema of event stores in a SQL Server database, where the schema of a service is the service's own to change. */
export const eventSchema = 'events';

/** Procedure that appends to an event store in a SQL Server database. */
export const eventAppend = (store: string): string => `append_${eventTable(store)}`;

/** Table of an event store, inside the schema of its owner, or {@link eventSchema} in SQL Server. */
export const eventTable = (store: string): string => `${store.replaceAll('-', '_')}_events`;

/** What every name of a stage begins with. */
export const stagePrefix = (platform: Pick<Platform, 'name' | 'stageName'>): string =>
  `${platform.name}-${platform.stageName}`;

/** User of a service in a cache. */
export const cacheUser = (platform: Pick<Platform, 'name' | 'stageName'>, service: string): string =>
  `${stagePrefix(platform)}-${service}`;

/** User of the gateway in a cache. */
export const gatewayCacheUser = (platform: Pick<Platform, 'name' | 'stageName'>): string =>
  `gateway-${stagePrefix(platform)}`;

/** What the gateway is called among services: by its identity on Azure, its namespace and its account in a cluster. */
export const gatewayWord = 'gateway';

/** Name of a service's own container in its task or its pods. */
export const serviceContainer = 'app';

/**
 * What the job is called among services that brings databases up to date: by its identity on Azure, its namespace and its
 * account in a cluster.
 */
export const migrationWord = 'migration';

/** What takes digests of ledgers is called among services: by its identity on Azure, its namespace and its account in a cluster. */
export const digestsWord = 'ledger-digests';

/** What verifies ledgers is called among services, in the same three places. */
export const verificationWord = 'ledger-verification';

/** What runs load tests in a cluster is called among services: by its identity on Azure, its namespace and its account. */
export const loadsWord = 'load-tests';

/** What changes flags step by step, and takes them back, is called among services: by its identity on Azure, its namespace and its account in a cluster. */
export const flagsWord = 'flag-rollout';

/** What the system that counts pods by queues is called by its identity on Azure: KEDA. */
export const scalerWord = 'scaler';

/**
 * What watches a cluster is called among services: by its identity on Azure, its namespace and its account in a cluster.
 */
export const observabilityWord = 'observability';

/** What the system that makes secrets of a cluster is called by its identity on AWS: External Secrets. */
export const secretsWord = 'external-secrets';

/** What the system that releases services in a cluster is called by its identity on AWS: Argo Rollouts. */
export const releasesWord = 'argo-rollouts';

/** Queue by which a cluster on AWS tells that a release of the service that makes pages has ended; the cluster names it. */
export const pageReleasesQueue = (platform: Pick<Platform, 'name' | 'stageName'>): string =>
  `${stagePrefix(platform)}-page-releases`;

/** Cluster of a stage on AWS. */
export const eksCluster = (platform: Pick<Platform, 'name' | 'stageName'>): string => `eks-${stagePrefix(platform)}`;

/** Role of the nodes of that cluster, by which classes of nodes name it. */
export const eksNodeRole = (platform: Pick<Platform, 'name' | 'stageName'>): string => `${stagePrefix(platform)}-nodes`;

/** Tag of what belongs to a cluster on AWS and nodes find by it. */
export const clusterTag = 'mainstay:cluster';

/** Tag of security groups and subnets of nodes that stand apart, by which their class finds them; its label and taint in the cluster. */
export const scopeNodesTag = 'mainstay/scope';

/** What nodes of a scope are called: by their tag, their group and their class. */
export const scopeNodes = (platform: Pick<Platform, 'name' | 'stageName'>, scope: string): string =>
  `${eksCluster(platform)}-${scope}`;

/** What the job is called that brings databases of a scope up to date: by its namespace and its account. */
export const scopeMigrationWord = (scope: string): string => `${migrationWord}-${scope}`;

/** Group of logs of pods of a scope. */
export const scopeLogGroup = (platform: Pick<Platform, 'name' | 'stageName'>, scope: string): string =>
  `/aws/containerinsights/${eksCluster(platform)}/scope-${scope}`;

/** Path of every role by which External Secrets reads for a namespace, so that it can be given these and no others. */
export const secretsRolePath = (platform: Pick<Platform, 'name' | 'stageName'>): string =>
  `/${stagePrefix(platform)}/secrets/`;

/** Role by which External Secrets reads what belongs to somebody, by its word; stores of its namespace name it. */
export const secretsRole = (platform: Pick<Platform, 'name' | 'stageName'>, word: string): string =>
  `${stagePrefix(platform)}-${word}-secrets`;

/**
 * Namespace of a service in a cluster, of the gateway and of the job of migrations: one each, so that what may reach it, what it may spend and who
 * may change it are said of the namespace. The platform's name keeps it apart from what Kubernetes and its tools call theirs.
 */
export const kubernetesNamespace = (platform: Pick<Platform, 'name'>, service: string): string =>
  `${platform.name}-${service}`;

/** Accounts of a cluster's systems that act as an identity of the platform, by its word, and where they are. */
const systemAccounts: Readonly<Record<string, { readonly namespace: string; readonly account: string }>> = {
  [observabilityWord]: { namespace: observabilityWord, account: observabilityWord },
  // As its chart calls it.
  [scalerWord]: { namespace: 'keda', account: 'keda-operator' },
  [secretsWord]: { namespace: 'external-secrets', account: 'external-secrets' },
  [releasesWord]: { namespace: 'argo-rollouts', account: 'argo-rollouts' },
};

const systemAccount = (word: string) => (Object.hasOwn(systemAccounts, word) ? systemAccounts[word] : undefined);

/** Namespace in which somebody's account is: one's own, but for systems, which are the cluster's. */
export const accountNamespace = (platform: Pick<Platform, 'name'>, word: string): string =>
  systemAccount(word)?.namespace ?? kubernetesNamespace(platform, word);

/** Account under which the pods of a service run, those of the gateway, of the job of migrations, or of a system. */
export const kubernetesAccount = (word: string): string => systemAccount(word)?.account ?? word;

/** Name of a secret of the platform, by which people find it. */
export const secretName = (platform: Pick<Platform, 'name' | 'stageName'>, secret: string): string =>
  `${stagePrefix(platform)}/${secret}`;

/** Name of a field of a secret where AWS keeps it. */
export const secretEntry = (platform: Pick<Platform, 'name' | 'stageName'>, secret: string, field: string): string =>
  `${secretName(platform, secret)}/${field}`;

/** Name of a field of a secret in the vault of a stage on Azure: letters, digits and hyphens. */
export const azureSecretName = (secret: string, field: string): string => `${secret}-${field}`;

/** Where a service's images lie in the registry of its stage. */
export const imageRepository = (platform: Pick<Platform, 'name' | 'stageName'>, service: string): string =>
  `${stagePrefix(platform)}/${service}`;

/** Where a copy of an image lies that the platform runs and somebody else publishes; no service has such a name. */
export const copiedImageRepository = (platform: Pick<Platform, 'name' | 'stageName'>, image: string): string =>
  `${stagePrefix(platform)}/copies/${image}`;

/**
 * What the programs of recovery are called by their image, which is one for both sites: the failover control and the keeper.
 */
export const failoverWord = 'failover';

/**
 * What keeps a site's right to write is called among services: by its identity on Azure, its namespace and its account in a cluster.
 */
export const keeperWord = 'keeper';

/** What a pipeline may do in a stage. */
export type DeliveryTask = 'push' | 'deploy';

/** What the program is called that copies objects to the recovery site: by its identity on Azure. */
export const copierWord = 'object-copier';

/** What pipelines are called that have images imported into the registry: by their identity on Azure. */
export const importerWord = 'image-importer';

/** Role of what copies objects on AWS, by which Azure knows it. */
export const copierRole = (platform: Pick<Platform, 'name' | 'stageName'>): string =>
  `${stagePrefix(platform)}-${copierWord}`;

/** Role of a pipeline, by which its configuration names it. */
export const deliveryRole = (platform: Pick<Platform, 'name' | 'stageName'>, task: DeliveryTask): string =>
  `${stagePrefix(platform)}-${task}`;
