import { EventgridSystemTopic } from '@cdktf/provider-azurerm/lib/eventgrid-system-topic';
import { Construct } from 'constructs';
import { raiseAlerts, type AlertTable } from './alert-table';
import { AzapiResource } from './azapi';
import { groupFor, sendDiagnostics, type Monitoring } from './diagnostics';
import { nameIn, placed, type Place } from './place';

export interface VaultExpiryProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Id of the vault, in the region of the place. */
  readonly vaultId: string;
  /** What the vault is called. @default 'vault' */
  readonly name?: string;
  /** What lies in it. @default - anything */
  readonly holds?: readonly Held[];
}

/** What a vault has. */
const heldWords = ['Certificate', 'Key', 'Secret'] as const;
type Held = (typeof heldWords)[number];

/** What a vault tells of an end, and whom that calls. */
interface Notice {
  /** Last word of the event: `Microsoft.KeyVault.SecretNearExpiry`. */
  readonly event: `${Held}${'NearExpiry' | 'Expired'}`;
  readonly description: string;
  readonly runbook: string;
  readonly severity: 0 | 1 | 2;
}

/**
 * The vault says that something is near its end thirty days before it, and cannot be told otherwise. A secret is given an end
 * that lies as much after its term (`vaultEnd`), so that it is "near" on the day on which somebody should change it.
 */
const notices: Readonly<Record<string, Notice>> = {
  SecretDue: {
    event: 'SecretNearExpiry',
    description: 'The term of a secret is over: another value should be written, or the next pair of keys should sign.',
    runbook: 'azure-secrets',
    severity: 2,
  },
  SecretLate: {
    event: 'SecretExpired',
    description: 'A secret is thirty days beyond its term, and nobody changed it.',
    runbook: 'azure-secrets',
    severity: 1,
  },
  KeyEnds: {
    event: 'KeyNearExpiry',
    description: 'A key by which the site is encrypted ends within thirty days: Azure has not renewed it.',
    runbook: 'azure-keys',
    severity: 1,
  },
  KeyEnded: {
    event: 'KeyExpired',
    description: 'A key by which the site is encrypted has ended: what it encrypts may stop.',
    runbook: 'azure-keys',
    severity: 0,
  },
  CertificateEnds: {
    event: 'CertificateNearExpiry',
    description: 'The certificate of the domain ends within thirty days, and nobody put another in its place.',
    runbook: 'azure-certificate',
    severity: 1,
  },
  CertificateEnded: {
    event: 'CertificateExpired',
    description: 'The certificate of the domain has ended: nobody who verifies it reaches the site.',
    runbook: 'azure-certificate',
    severity: 0,
  },
};

const alerts: AlertTable = {
  Dropped: {
    metricName: 'DroppedEventCount',
    aggregation: 'Total',
    threshold: 1,
    description: 'The vault told that something ends, or that a term is over, and nobody could be called for it.',
    runbook: 'azure-secrets',
  },
};

/** Events are handed over by an interface that has alerts as a destination; azurerm has none for them. */
const subscriptionType = 'Microsoft.EventGrid/systemTopics/eventSubscriptions@2025-02-15';

/** Calls people for an event. */
function tell(
  scope: Construct,
  part: string,
  {
    monitoring,
    notice,
    place,
    topicId,
  }: Pick<VaultExpiryProps, 'monitoring' | 'place'> & { topicId: string; notice: Notice },
): AzapiResource {
  const { description, event, runbook, severity } = notice;
  return new AzapiResource(scope, part, {
    place,
    type: subscriptionType,
    name: part,
    parentId: topicId,
    body: {
      properties: {
        destination: {
          endpointType: 'MonitorAlert',
          properties: {
            severity: `Sev${severity}`,
            actionGroups: [groupFor(monitoring, severity)],
            description: `${description} Runbook: docs/runbooks/${runbook}.md`,
          },
        },
        // Alerts take events of this form alone.
        eventDeliverySchema: 'CloudEventSchemaV1_0',
        filter: { includedEventTypes: [`Microsoft.KeyVault.${event}`] },
        retryPolicy: { eventTimeToLiveInMinutes: 1440, maxDeliveryAttempts: 30 },
      },
    },
  });
}

/**
 * Calls people when the term of a secret is over, and when a key or a certificate of the vault ends. It reads no value: the vault tells names
 * and dates.
 */
export class VaultExpiry extends Construct {
  /** What must stand before anything is put into the vault, which tells only of versions that were made after. */
  public readonly told: readonly AzapiResource[];

  public constructor(scope: Construct, id: string, props: VaultExpiryProps) {
    super(scope, id);
    const { holds = heldWords, monitoring, name = 'vault', place, vaultId } = props;
    const topic = new EventgridSystemTopic(this, 'Topic', {
      ...placed(place),
      name: nameIn(place, 'event-topic', name),
      sourceResourceId: vaultId,
      topicType: 'Microsoft.KeyVault.vaults',
    });
    this.told = Object.entries(notices)
      .filter(([, { event }]) => holds.some((held) => event.startsWith(held)))
      .map(([part, notice]) => tell(this, part, { place, monitoring, topicId: topic.id, notice }));
    sendDiagnostics(this, { id: topic.id, monitoring });
    raiseAlerts(
      this,
      {
        place,
        monitoring,
        targetId: topic.id,
        name: `${name}-expiry`,
        metricNamespace: 'Microsoft.EventGrid/systemTopics',
      },
      alerts,
    );
  }
}
