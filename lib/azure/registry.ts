import { ContainerRegistry } from '@cdktf/provider-azurerm/lib/container-registry';
import { Construct } from 'constructs';
import type { Copies } from '../platform/nouns/site';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { Encryption } from './encryption';
import { keep } from './keep';
import { nameIn, placed, type Place } from './place';
import { privateEndpoint } from './private-endpoint';
import type { PrivateNetwork } from './private-network';

export interface RegistryProps {
  readonly place: Place;
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  /** Where the registry copies its images by itself. @default - nowhere */
  readonly copies?: Pick<Copies, 'region'> | undefined;
}

/** Images that no tag names any more go after this long, in days. */
const untaggedDays = 14;

/**
 * The registry of images of a site: in all zones, reached from the network alone, without users or keys of its own. Images
 * cannot be carried off from it.
 *
 * There is no quarantine: it would hide each image until a scanner lets it through, and Microsoft Defender, which scans
 * them here, has no such step. Pipelines stand outside the network; they have images imported, which takes no way into it
 * (`az acr import`).
 */
export class Registry extends Construct {
  public readonly registry: ContainerRegistry;

  public constructor(scope: Construct, id: string, props: RegistryProps) {
    super(scope, id);
    const { copies, encryption, monitoring, network, place } = props;
    this.registry = new ContainerRegistry(this, 'Registry', {
      ...placed(place),
      tags: { ...place.tags, 'data-class': 'internal' },
      name: nameIn(place, 'container-registry'),
      sku: 'Premium',
      adminEnabled: false,
      anonymousPullEnabled: false,
      publicNetworkAccessEnabled: false,
      networkRuleBypassOption: 'AzureServices',
      dataEndpointEnabled: true,
      exportPolicyEnabled: false,
      quarantinePolicyEnabled: false,
      zoneRedundancyEnabled: true,
      retentionPolicyInDays: untaggedDays,
      identity: { type: 'UserAssigned', identityIds: [encryption.identity.id] },
      encryption: [{ keyVaultKeyId: encryption.keyIds.registry, identityClientId: encryption.identity.clientId }],
      ...(copies === undefined
        ? {}
        : {
            georeplications: [
              {
                location: copies.region,
                regionalEndpointEnabled: true,
                zoneRedundancyEnabled: true,
                tags: { ...place.tags },
              },
            ],
          }),
    });
    keep(this.registry);
    privateEndpoint(this, 'Endpoint', {
      place,
      network,
      name: 'images',
      targetId: this.registry.id,
      service: 'registry',
    });
    sendDiagnostics(this, { id: this.registry.id, monitoring });
  }
}
