import { IamWorkloadIdentityPool } from '@cdktf/provider-google/lib/iam-workload-identity-pool';
import {
  IamWorkloadIdentityPoolProvider,
  type IamWorkloadIdentityPoolProviderConfig,
} from '@cdktf/provider-google/lib/iam-workload-identity-pool-provider';
import { Construct } from 'constructs';
import { clusterAudience, clusterPool } from '../platform/google';
import { pascalCase } from '../platform/ids';
import type { SiteName } from '../platform/platform';
import { keep } from './keep';
import type { Place } from './place';

export interface FederationProps {
  readonly place: Place;
  /** Addresses of the issuers of the clusters' tokens, by site. */
  readonly issuers: Readonly<Partial<Record<SiteName, string>>>;
  /** Accounts of the clusters that are let in, as their tokens name them: `system:serviceaccount:<namespace>:<account>`. */
  readonly subjects: readonly string[];
}

/**
 * Whose tokens are taken: of one cluster, shown to this provider and to nobody else, and of the named accounts alone. Any other
 * account of the cluster is nobody here, whatever a role says.
 */
export const providerSettings = (
  { project, projectNumber }: Pick<Place, 'project' | 'projectNumber'>,
  site: SiteName,
  issuerUri: string,
  subjects: readonly string[],
): Omit<IamWorkloadIdentityPoolProviderConfig, 'workloadIdentityPoolId'> => ({
  project,
  workloadIdentityPoolProviderId: site,
  displayName: `Cluster of the ${site} site`,
  attributeMapping: { 'google.subject': 'assertion.sub' },
  attributeCondition: `assertion.sub in [${subjects.map((subject) => `'${subject}'`).join(', ')}]`,
  oidc: { issuerUri, allowedAudiences: [clusterAudience({ projectNumber }, site)] },
});

/** Lets accounts of the platform's clusters act in the project as themselves, by the tokens that their clusters give. No key is made. */
export class Federation extends Construct {
  public readonly pool: IamWorkloadIdentityPool;

  public constructor(scope: Construct, id: string, props: FederationProps) {
    super(scope, id);
    const { issuers, place, subjects } = props;
    this.pool = new IamWorkloadIdentityPool(this, 'Pool', {
      project: place.project,
      workloadIdentityPoolId: clusterPool,
      displayName: 'Clusters of the platform',
    });
    // Its name cannot be had again for 30 days.
    keep(this.pool);
    for (const [site, issuer] of Object.entries(issuers) as [SiteName, string][]) {
      new IamWorkloadIdentityPoolProvider(this, pascalCase(site), {
        ...providerSettings(place, site, issuer, subjects),
        workloadIdentityPoolId: this.pool.workloadIdentityPoolId,
      });
    }
  }
}
