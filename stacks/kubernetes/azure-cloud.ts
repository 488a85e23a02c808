import type { Cloud, Outside, Reach } from '../../lib/kubernetes/cloud';
import { logSettings, logSettingsName } from '../../lib/kubernetes/log-shipping';
import { flagHosts } from '../../lib/platform/azure-flags';
import { edgeCertificate, gatewayAddress, hasApiManagement } from '../../lib/platform/azure-gateway';
import { poolId } from '../../lib/platform/gateway/pools';
import { azureHosts, azurePorts } from '../../lib/platform/azure-hosts';
import { azureIdentity, azureName } from '../../lib/platform/azure-names';
import { azureHome, whereIs, whereShared, type PlacedAzureSite } from '../../lib/platform/azure-sites';
import { azureAuthentications, azureValue, documentRegions } from '../../lib/platform/azure-values';
import { azureSecretName, migrationWord, observabilityWord, scalerWord, scopeNodesTag } from '../../lib/platform/names';
import { loadContainer } from '../../lib/platform/load-tests/in-cluster';
import { digestContainer } from '../../lib/platform/ledgers';
import { longestTimeout } from '../../lib/platform/messages';
import { identityOf, insightsOf, messagesHostOf, metricsUrlOf, type SiteOutputs } from '../../lib/platform/outputs';
import { sitesOn, type Platform } from '../../lib/platform/platform';
import { scopeOf, scopeOfWord } from '../../lib/platform/scopes';
import {
  apiManagementSubnetKey,
  azureScopeSubnetKey,
  azureSubnetKey,
  type AzureSubnet,
} from '../../lib/platform/subnets';
import { internet } from './internet';

const https = 443;

/** Where tokens of Entra ID are asked for. */
const issuer = 'login.microsoftonline.com';

/** Where the webhook of Azure puts the token of an account. */
const webhookToken = '/var/run/secrets/azure/tokens/azure-identity-token';

/** Who may be shown an account's token: Entra ID, which exchanges it. */
const exchangeAudience = 'api://AzureADTokenExchange';

/** For what the administrator of a PostgreSQL server asks a token. */
const postgresScope = 'https://ossrdbms-aad.database.windows.net/.default';

/** The cloud of a platform's site on Azure. */
export function azureCloud(platform: Platform, site: PlacedAzureSite, outputs: SiteOutputs): Cloud {
  const where = whereIs(platform, site);
  const shared = whereShared(platform, site);
  const addressesOf = (key: string): string => {
    const range = platform.allocations.addresses[key];
    if (range === undefined) throw new Error(`the allocation lock has no subnet ${key}`);
    return range;
  };
  const rangeOf = (subnet: AzureSubnet, { siteName }: Pick<PlacedAzureSite, 'siteName'> = site): string =>
    addressesOf(azureSubnetKey(siteName, subnet));
  const by = (subnet: AzureSubnet, ports: Reach['ports']): readonly Reach[] => [{ ranges: [rangeOf(subnet)], ports }];
  /** Where the server of a database of Azure SQL is reached: a scope has endpoints of its own. */
  const endpointsOf = (database: string, ports: Reach['ports']): readonly Reach[] => {
    const scope = scopeOf(platform, 'databases', database);
    if (scope === undefined) return by('endpoints', ports);
    return [{ ranges: [addressesOf(azureScopeSubnetKey(site.siteName, scope, 'endpoints'))], ports }];
  };
  /** Names lead to the server that takes writes, which may be that of the other site where it has the database too. */
  const postgres = (database: string, port: number): readonly Reach[] => {
    const having = sitesOn(platform, 'azure').filter(({ siteName }) =>
      platform.databases[database]?.on.includes(siteName),
    );
    return [{ ranges: having.map((each) => rangeOf('postgres', each)), ports: [port] }];
  };
  const servers = ({ name, noun }: { readonly name: string; readonly noun: string }): Outside => {
    const spec = platform.databases[name];
    const value = (field: string) =>
      azureValue({ noun: noun as 'databases', name, field }, { platform, site, principalId: '' });
    if (spec?.engine === 'sqlserver') {
      const port = azurePorts.sqlServer;
      return { reach: endpointsOf(name, [port]), hosts: [{ host: value('host'), port, protocol: 'tcp' }] };
    }
    const hosts = [...new Set([value('host'), ...((spec?.readReplicas ?? 0) > 0 ? [value('readerHost')] : [])])];
    const port = azurePorts.databasePool;
    return { reach: postgres(name, port), hosts: hosts.map((host) => ({ host, port, protocol: 'tcp' })) };
  };
  const endpoint = (host: string, port: number): Outside => ({
    reach: by('endpoints', [port]),
    hosts: [{ host, port, protocol: 'tls' }],
  });
  /** Clients of a cache with shards ask one address for the others, and go to each by its port there. */
  const cache = (name: string): Outside => {
    const [host, { cache: port, cacheShards: sendsOnTo }] = [azureHosts.cache(where, name), azurePorts];
    if ((platform.caches[name]?.shards ?? 1) === 1) return endpoint(host, port);
    return { reach: by('endpoints', [port, sendsOnTo]), hosts: [{ host, port, protocol: 'tcp', sendsOnTo }] };
  };
  return {
    name: 'azure',
    authentications: azureAuthentications,
    value: (source, service) =>
      azureValue(source, {
        platform,
        site,
        outputs,
        principalId: identityOf(outputs, service).principalId,
      }),
    account: (word) => ({
      annotations: {
        'azure.workload.identity/client-id': identityOf(outputs, word).clientId,
        'azure.workload.identity/tenant-id': site.tenant,
      },
      podLabels: { 'azure.workload.identity/use': 'true' },
    }),
    identity: (word) => ({
      clientId: identityOf(outputs, word).clientId,
      tenantId: site.tenant,
      audience: exchangeAudience,
    }),
    tokens: {
      reach: [internet([https])],
      hosts: [{ host: issuer, port: https, protocol: 'tls' }],
    },
    outside: ({ name, noun }) => {
      switch (noun) {
        case 'databases':
          return servers({ name, noun });
        case 'caches':
          return cache(name);
        case 'documents': {
          const regions = documentRegions(site.region, platform.documents[name]);
          const hosts = [
            azureHosts.documents(where, name),
            ...regions.map((region) => azureHosts.documentsIn(where, name, region)),
          ];
          return { ...endpoint('', https), hosts: hosts.map((host) => ({ host, port: https, protocol: 'tls' })) };
        }
        case 'flags': {
          const hosts = flagHosts(platform, site, name);
          return { ...endpoint('', https), hosts: hosts.map((host) => ({ host, port: https, protocol: 'tls' })) };
        }
        case 'searches':
          return endpoint(azureHosts.search(where, name), https);
        case 'buckets':
          return endpoint(new URL(azureValue({ noun, name, field: 'url' }, { platform, site })).host, https);
        case 'queues':
        case 'topics':
          return endpoint(azureHosts.serviceBus(shared), azurePorts.serviceBus);
        // No private way leads to it.
        case 'messages':
          return {
            reach: [internet([https])],
            hosts: [
              {
                host: messagesHostOf(outputs, name),
                port: https,
                protocol: 'tls',
                timeoutMilliseconds: longestTimeout(platform.messages[name] ?? {}),
              },
            ],
          };
        default:
          return { reach: [], hosts: [] };
      }
    },
    administration: (database) => ({
      host: azureValue({ noun: 'databases', name: database, field: 'host' }, { platform, site }),
      port: azurePorts.databaseServer,
      user: azureIdentity(shared, migrationWord),
      login: {
        by: 'token',
        audience: exchangeAudience,
        url: `https://${issuer}/${site.tenant}/oauth2/v2.0/token`,
        form: {
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_id: identityOf(outputs, migrationWord).clientId,
          grant_type: 'client_credentials',
          scope: postgresScope,
        },
      },
      dialect: 'azure',
      reach: postgres(database, azurePorts.databaseServer),
    }),
    sqlServer: (database) => {
      const port = azurePorts.sqlServer;
      return {
        host: azureValue({ noun: 'databases', name: database, field: 'host' }, { platform, site }),
        port,
        reach: endpointsOf(database, [port]),
      };
    },
    digestStore: {
      container: azureHosts.bucket(where, 'ledger', digestContainer),
      reach: by('endpoints', [https]),
    },
    loadStore: {
      container: azureHosts.bucket(where, 'loads', loadContainer),
      reach: by('endpoints', [https]),
    },
    // Whoever writes, from whichever site, asks the store itself first, so that nobody writes over what another wrote.
    flagStores: (set) => ({
      hosts: flagHosts(platform, azureHome(platform, site), set).map((host) => `https://${host}`),
      reach: by('endpoints', [https]),
    }),
    principal: (word) => identityOf(outputs, word).principalId,
    balancer: () => ({
      made: {
        by: 'cluster',
        annotations: {
          'service.beta.kubernetes.io/azure-load-balancer-internal': 'true',
          'service.beta.kubernetes.io/azure-load-balancer-internal-subnet': 'balancer' satisfies AzureSubnet,
          'service.beta.kubernetes.io/azure-load-balancer-ipv4': gatewayAddress(platform, site),
        },
      },
      clients: [
        hasApiManagement(platform)
          ? addressesOf(apiManagementSubnetKey(site.siteName))
          : rangeOf('application-gateway'),
      ],
      proxies: [site.network.cidr],
    }),
    ...(hasApiManagement(platform) ? { releasePool: (service) => poolId(platform, site, service) } : {}),
    telemetry: () => {
      const { clientId } = identityOf(outputs, observabilityWord);
      const identity = { client_id: clientId, tenant_id: site.tenant };
      return {
        metrics: {
          url: metricsUrlOf(outputs),
          azuread: { cloud: 'AzurePublic', workload_identity: { ...identity, token_file_path: webhookToken } },
        },
        collector: {
          extensions: {
            azure_auth: {
              workload_identity: { ...identity, federated_token_file: webhookToken },
              // Its hosts are one a region; the audience is one for all.
              scopes: ['https://monitor.azure.com/.default'],
            },
          },
          exporters: { azuremonitor: { auth: { authenticator: 'azure_auth' }, spaneventsenabled: true } },
          signals: { metrics: ['azuremonitor'], traces: ['azuremonitor'] },
        },
        // Found there by the exporter. It holds ids and addresses: keys are refused.
        environment: { APPLICATIONINSIGHTS_CONNECTION_STRING: insightsOf(outputs) },
        reach: by('endpoints', [https]),
      };
    },
    registry: azureHosts.registry(shared),
    store: (_word, account) => ({
      azurekv: {
        authType: 'WorkloadIdentity',
        vaultUrl: azureHosts.vault(where),
        tenantId: site.tenant,
        serviceAccountRef: { name: account },
      },
    }),
    gatewayCertificate: { from: 'vault', entry: edgeCertificate },
    vaultReach: by('endpoints', [https]),
    // Service Bus tells them by HTTPS, and messages by AMQP.
    queueFigures: by('endpoints', [https]),
    apiServer: { ranges: [rangeOf('api-server')], ports: [https] },
    apiTunnel: { namespace: 'kube-system', labels: { app: 'konnectivity-agent' } },
    agents: [{ ...logSettingsName, data: logSettings() }],
    nodesApart: (word) => {
      const scope = scopeOfWord(platform, word);
      return scope === undefined ? undefined : { [scopeNodesTag]: scope };
    },
    internet,
    // The pool of nodes on which Azure puts its own: https://learn.microsoft.com/azure/aks/use-system-pools
    systemNodes: {
      labels: { 'kubernetes.azure.com/mode': 'system' },
      tolerations: [{ key: 'CriticalAddonsOnly', operator: 'Exists', effect: 'NoSchedule' }],
    },
    queueLength: ({ name: queueName }, _service, perPod) => ({
      type: 'azure-servicebus',
      metadata: { namespace: azureName('service-bus', shared), queueName, messageCount: String(perPod) },
    }),
    scaler: { provider: 'azure-workload', identityId: identityOf(outputs, scalerWord).clientId },
    secretKey: azureSecretName,
    // Of every size in lib/platform/azure-nodes.ts.
    architecture: 'amd64',
    region: site.region,
  };
}
