import { SearchService } from '@cdktf/provider-azurerm/lib/search-service';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { AzureSite } from '../platform/nouns/site';
import type { AiSearch } from '../platform/nouns/storage';
import { raiseAlerts, type AlertTable } from './alert-table';
import type { Capability, Use } from './capability';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import { raiseHealthAlert } from './health-alert';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';
import { assignRole, type Identity } from './role';

export interface SearchProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly monitoring: Monitoring;
  /** Name of the part. */
  readonly name: string;
  readonly spec: AiSearch;
  /** Who makes and changes indexes. */
  readonly administrators: AzureSite['administrators'];
}

const runbook = 'azure-search';

/** When somebody is called for a search. */
export const searchAlerts = (name: string, { queryMilliseconds }: Pick<AiSearch, 'queryMilliseconds'>): AlertTable => ({
  Slow: {
    metricName: 'SearchLatency',
    aggregation: 'Average',
    operator: 'GreaterThan',
    threshold: queryMilliseconds / 1000,
    windowMinutes: 15,
    severity: 2,
    description: `Queries to search ${name} take longer than ${queryMilliseconds} ms on average.`,
    runbook,
  },
  Throttled: {
    metricName: 'ThrottledSearchQueriesPercentage',
    aggregation: 'Average',
    threshold: 1,
    windowMinutes: 15,
    description: `Search ${name} refuses more than 1% of queries, because it has more than its replicas can answer.`,
    runbook,
  },
});

/**
 * Azure AI Search: in the network, for identities of Entra ID alone, over zones by its replicas. A service reads and writes
 * documents of indexes; which fields an index has is for the people who administer it to change.
 */
export class Search extends Construct implements Capability {
  public readonly search: SearchService;

  public constructor(scope: Construct, id: string, props: SearchProps) {
    super(scope, id);
    const { administrators, monitoring, name, network, place, spec } = props;
    const { tags, ...where } = placed(place);
    this.search = new SearchService(this, 'Search', {
      ...where,
      tags: { ...tags, 'data-class': spec.dataClass },
      name: nameIn(place, 'search-service', name),
      sku: spec.tier,
      replicaCount: spec.replicas,
      partitionCount: spec.partitions,
      localAuthenticationEnabled: false,
      publicNetworkAccessEnabled: false,
      networkRuleBypassOption: 'None',
    });
    keep(this.search);
    assignRole(this, 'Administrators', {
      principalId: administrators.objectId,
      principalType: 'Group',
      role: 'Search Service Contributor',
      scopeId: this.search.id,
    });
    const watched = { place, monitoring, targetId: this.search.id };
    privateEndpoint(this, 'Endpoint', { place, network, name, targetId: this.search.id, service: 'search' });
    sendDiagnostics(this, { id: this.search.id, monitoring, metrics: false });
    raiseAlerts(
      this,
      { ...watched, name: `search-${name}`, metricNamespace: 'Microsoft.Search/searchServices' },
      searchAlerts(name, spec),
    );
    raiseHealthAlert(this, 'Unhealthy', {
      ...watched,
      name: `search-${name}-unhealthy`,
      description: `Azure finds search ${name} unavailable or degraded.`,
      runbook,
    });
  }

  public grant(scope: Construct, identity: Identity, { service }: Pick<Use, 'service'>): void {
    assignRole(scope, `${pascalCase(service)}Uses`, {
      principalId: identity.principalId,
      role: 'Search Index Data Contributor',
      scopeId: this.search.id,
    });
  }
}
