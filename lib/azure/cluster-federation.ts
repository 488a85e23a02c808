import { FederatedIdentityCredential } from '@cdktf/provider-azurerm/lib/federated-identity-credential';
import { Construct } from 'constructs';
import { tokenAudience } from '../platform/delivery';
import { accountNamespace, kubernetesAccount } from '../platform/names';
import { pascalCase } from '../platform/ids';
import type { Platform } from '../platform/platform';
import { inTurn } from './in-turn';
import type { Place } from './place';
import type { Identity } from './role';

export interface ClusterFederationProps {
  readonly place: Place;
  /** Address of the cluster's issuer of tokens. */
  readonly issuer: string;
  /** Identities of services, of the gateway, of the job of migrations and of the cluster's systems, by name. */
  readonly identities: Readonly<Record<string, Identity>>;
  /** Resource group in which they stand. */
  readonly identityGroup: string;
  /** What the cluster is called by them, apart from others that act as them too: `cluster`. */
  readonly credential: string;
}

/**
 * The one account of the cluster that may act as an identity: of a service in the service's namespace, of a system in the
 * system's.
 */
export const accountSubject = ({ name }: Pick<Platform, 'name'>, service: string): string =>
  `system:serviceaccount:${accountNamespace({ name }, service)}:${kubernetesAccount(service)}`;

/** Lets each service's account in the cluster act as the service's identity, and no other account. */
export class ClusterFederation extends Construct {
  public readonly credentials: readonly FederatedIdentityCredential[];

  public constructor(scope: Construct, id: string, props: ClusterFederationProps) {
    super(scope, id);
    const { credential, identities, identityGroup, issuer, place } = props;
    this.credentials = Object.entries(identities).map(
      ([service, identity]) =>
        new FederatedIdentityCredential(this, pascalCase(service), {
          name: credential,
          resourceGroupName: identityGroup,
          parentId: identity.id,
          issuer,
          audience: [tokenAudience.azure],
          subject: accountSubject(place.naming, service),
        }),
    );
    // Azure refuses several at once.
    inTurn(this.credentials);
  }
}
