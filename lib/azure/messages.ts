import { ConsumptionBudgetResourceGroup } from '@cdktf/provider-azurerm/lib/consumption-budget-resource-group';
import { RoleDefinition } from '@cdktf/provider-azurerm/lib/role-definition';
import { Construct } from 'constructs';
import { resourceGroupId, sitePrefix } from '../platform/azure-names';
import { pascalCase } from '../platform/ids';
import type { Messages as Model } from '../platform/nouns/messages';
import { raiseAlerts } from './alert-table';
import { AzapiResource } from './azapi';
import type { Capability, Use } from './capability';
import { sendDiagnostics, type Monitoring } from './diagnostics';
import type { EmailDomain } from './email-domain';
import { keep } from './keep';
import { messageAlerts, raiseBounceAlert } from './message-alerts';
import { MessageFeedback } from './message-feedback';
import { monthlyBudget } from './monthly-budget';
import { nameIn, type Place } from './place';
import type { Queue } from './queue';
import { assignRole, type Identity } from './role';

export interface MessagesProps {
  readonly place: Place;
  readonly monitoring: Monitoring;
  /** Name of the part. */
  readonly name: string;
  readonly spec: Model;
  /** Country or part of the world in which Azure keeps what it holds. */
  readonly dataLocation: string;
  /** Domain from which e-mail comes, which Azure has looked at. @default - the part sends none */
  readonly domain?: EmailDomain | undefined;
  /** What is told what did not arrive. */
  readonly queue: Queue;
  /** Who is told of spending. */
  readonly email: string;
}

/**
 * What whoever sends may do. Communication Services asks for the rights of managing itself where others have rights of using:
 * these are what its documentation names, without those to delete it, to read keys or to make new ones.
 * https://learn.microsoft.com/azure/communication-services/quickstarts/email/send-email-smtp/smtp-authentication
 */
const sending = [
  'Microsoft.Communication/CommunicationServices/read',
  'Microsoft.Communication/CommunicationServices/write',
  'Microsoft.Communication/EmailServices/read',
  'Microsoft.Communication/EmailServices/write',
] as const;

/** Id of the resource group of a stack: senders stand in one, and the domains from which they send in another. */
const groupId = ({ naming, subscriptionId }: Place, stack: 'messages' | 'messaging'): string =>
  resourceGroupId({ ...naming, subscription: subscriptionId }, stack);

/**
 * Messages to people by Communication Services: e-mail and SMS, by identities of Entra ID and no key. It is reached over the
 * internet, since Azure offers no private way to it.
 */
export class Messages extends Construct implements Capability {
  public readonly service: AzapiResource;
  private readonly role: RoleDefinition;
  private readonly emailServiceId: string | undefined;

  public constructor(scope: Construct, id: string, props: MessagesProps) {
    super(scope, id);
    const { domain, monitoring, name, place, spec } = props;
    this.emailServiceId = domain?.service.id;
    this.service = new AzapiResource(this, 'Service', {
      place,
      type: 'Microsoft.Communication/communicationServices@2025-09-01',
      name: nameIn(place, 'communication-service', name),
      parentId: groupId(place, 'messages'),
      location: 'global',
      tags: { ...place.tags, 'data-class': spec.dataClass },
      body: {
        properties: {
          dataLocation: props.dataLocation,
          disableLocalAuth: true,
          linkedDomains: domain === undefined ? [] : [domain.domain.id],
          publicNetworkAccess: 'Enabled',
        },
      },
      reads: ['properties.hostName'],
    });
    keep(this.service, { lock: 'sends', why: 'Its numbers go with it.' });
    this.role = this.sendingRole(place, name);
    sendDiagnostics(this, { id: this.service.id, monitoring });
    const watched = { place, monitoring, targetId: this.service.id, name: `messages-${name}` };
    raiseAlerts(
      this,
      { ...watched, metricNamespace: 'Microsoft.Communication/CommunicationServices' },
      messageAlerts(name, spec),
    );
    if (spec.email !== undefined) raiseBounceAlert(this, { name, place, monitoring, serviceId: this.service.id });
    new MessageFeedback(this, 'Feedback', { ...props, serviceId: this.service.id });
    if (spec.sms !== undefined) this.limit(props, spec.sms.monthlyDollars);
  }

  /** Host by which it is reached. */
  public get host(): string {
    return this.service.read('properties.hostName');
  }

  public grant(scope: Construct, identity: Identity, { kind, service }: Use): void {
    if (kind !== 'messages') throw new Error(`${this.node.path} answers to messages, got ${kind}`);
    const scopes = {
      Sends: this.service.id,
      ...(this.emailServiceId === undefined ? {} : { SendsEmail: this.emailServiceId }),
    };
    for (const [word, scopeId] of Object.entries(scopes)) {
      assignRole(scope, `${pascalCase(service)}${word}`, {
        principalId: identity.principalId,
        role: this.role.name,
        scopeId,
      });
    }
  }

  private sendingRole(place: Place, name: string): RoleDefinition {
    return new RoleDefinition(this, 'Role', {
      name: `${sitePrefix(place.naming)} sends messages ${name}`,
      description: `Sends messages ${name} to people, and neither deletes what sends them nor makes keys to it`,
      scope: groupId(place, 'messages'),
      permissions: [{ actions: [...sending] }],
      assignableScopes: [
        groupId(place, 'messages'),
        ...(this.emailServiceId === undefined ? [] : [groupId(place, 'messaging')]),
      ],
    });
  }

  /** Tells people when SMS cost too much, or are going to. Azure has no limit that stops them. */
  private limit({ email, monitoring, name, place }: MessagesProps, monthlyDollars: number): void {
    new ConsumptionBudgetResourceGroup(this, 'Monthly', {
      ...monthlyBudget({ email, monitoring, monthlyDollars }),
      name: `messages-${name}`,
      resourceGroupId: groupId(place, 'messages'),
      filter: { dimension: [{ name: 'ResourceId', operator: 'In', values: [this.service.id] }] },
    });
  }
}
