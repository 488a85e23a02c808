import { EmailCommunicationService } from '@cdktf/provider-azurerm/lib/email-communication-service';
import { EmailCommunicationServiceDomain } from '@cdktf/provider-azurerm/lib/email-communication-service-domain';
import { EmailCommunicationServiceDomainSenderUsername } from '@cdktf/provider-azurerm/lib/email-communication-service-domain-sender-username';
import { Construct } from 'constructs';
import { keep } from './keep';
import { nameIn, type Place } from './place';

export interface EmailDomainProps {
  readonly place: Place;
  /** Name of the part. */
  readonly name: string;
  /** Domain from which e-mail comes. */
  readonly domain: string;
  /** What stands before the `@`. */
  readonly sender: string;
  /** Country or part of the world in which Azure keeps what it holds. */
  readonly dataLocation: string;
}

/**
 * A domain of one's own from which Azure may send, once its zone says so and Azure has looked. It has one sender. Azure tells
 * nobody who opened what.
 */
export class EmailDomain extends Construct {
  public readonly domain: EmailCommunicationServiceDomain;
  public readonly service: EmailCommunicationService;

  public constructor(scope: Construct, id: string, props: EmailDomainProps) {
    super(scope, id);
    const { dataLocation, domain, name, place, sender } = props;
    const tags = { ...place.tags };
    this.service = new EmailCommunicationService(this, 'Service', {
      name: nameIn(place, 'email-service', name),
      resourceGroupName: place.resourceGroupName,
      dataLocation,
      tags,
    });
    this.domain = new EmailCommunicationServiceDomain(this, 'Domain', {
      name: domain,
      emailServiceId: this.service.id,
      domainManagement: 'CustomerManaged',
      userEngagementTrackingEnabled: false,
      tags,
    });
    keep(this.domain, { lock: 'sends', why: 'Its proof and its good name go with it.' });
    new EmailCommunicationServiceDomainSenderUsername(this, 'Sender', {
      name: sender,
      emailServiceDomainId: this.domain.id,
      displayName: sender,
    });
  }

  /** What the domain's zone must say, for whoever writes it there. */
  public proof(): { readonly owner: string; readonly spf: string; readonly keys: readonly [string, string] } {
    const records = this.domain.verificationRecords.get(0);
    return {
      owner: records.domain.get(0).value,
      spf: records.spf.get(0).value,
      keys: [records.dkim.get(0).value, records.dkim2.get(0).value],
    };
  }
}
