import { azurePorts } from '../platform/azure-hosts';
import type { AzureScopeSubnet } from '../platform/subnets';
import type { Flows } from './flows';

const sql = String(azurePorts.sqlServer);

/**
 * Who may reach each subnet of a scope, and what is reached from there. What is not here is refused in both directions, so that this is
 * the list of everything that is connected to the scope by the network.
 */
export const scopeFlows: Readonly<Record<AzureScopeSubnet, { readonly inbound: Flows; readonly outbound: Flows }>> = {
  endpoints: {
    inbound: {
      functions: {
        description: 'Functions of the scope: their secrets, code and databases.',
        peers: ['scope-functions'],
        ports: ['443', sql],
      },
      nodes: {
        description: 'The job that lays contents of databases, and whoever deploys functions from there.',
        peers: ['scope-nodes'],
        ports: ['443', sql],
      },
    },
    outbound: {},
  },
  functions: {
    inbound: {},
    outbound: {
      own: {
        description: 'What is in the scope.',
        peers: ['scope-endpoints'],
        ports: ['443', sql],
      },
      shared: {
        description: 'Azure Monitor, and Service Bus, by which the rest of the platform is told.',
        peers: ['endpoints'],
        ports: ['443', '5671'],
      },
      entra: { description: 'Logins.', peers: ['entra'], ports: ['443'] },
      'third-parties': { description: 'Third parties, by TLS.', peers: ['third-parties'], ports: ['443'] },
    },
  },
  nodes: {
    inbound: {
      kubelet: {
        description: 'The API server and the rest of the cluster ask the kubelet.',
        peers: ['api-server', 'cluster', 'pods'],
        ports: ['10250'],
      },
    },
    outbound: {
      own: {
        description: 'Databases of the scope, and what deploys its functions.',
        peers: ['scope-endpoints'],
        ports: ['443', sql],
      },
      'api-server': { description: 'Nodes call the API server.', peers: ['api-server'], ports: ['443', '4443'] },
      names: { description: 'Names of the cluster.', peers: ['pods'], ports: ['53'], protocol: '*' },
      shared: { description: 'Images and Azure Monitor.', peers: ['endpoints'], ports: ['443'] },
      internet: { description: 'Entra ID, and what Azure has its nodes fetch.', peers: ['internet'], ports: ['443'] },
    },
  },
};
