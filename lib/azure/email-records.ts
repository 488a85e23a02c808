import { DnsCnameRecord } from '@cdktf/provider-azurerm/lib/dns-cname-record';
import { DnsTxtRecord } from '@cdktf/provider-azurerm/lib/dns-txt-record';
import { Fn } from 'cdktf';
import { Construct } from 'constructs';
import type { Email } from '../platform/nouns/messages';
import { recordName, type EdgeRecordsProps } from './edge-records';
import type { EmailDomain } from './email-domain';

export interface EmailRecordsProps extends Pick<EdgeRecordsProps, 'place' | 'zone'>, Pick<Email, 'forged'> {
  /** Domain from which e-mail comes, in the zone. */
  readonly name: string;
  readonly domain: EmailDomain;
}

/** How long answers are kept, in seconds. */
const recordSeconds = 1800;

/**
 * What a zone of the primary's own says of a domain of e-mail: whose it is, who sends from it, by which keys it is signed, and
 * what becomes of forgeries. Azure looks at it once somebody asks it to.
 */
export class EmailRecords extends Construct {
  public constructor(scope: Construct, id: string, props: EmailRecordsProps) {
    super(scope, id);
    const { domain, forged, name, place, zone } = props;
    const shared = {
      zoneName: zone.name,
      resourceGroupName: zone.resourceGroup,
      ttl: recordSeconds,
      tags: { ...place.tags },
    };
    const record = recordName(name, zone.name);
    const below = (word: string): string => (record === '@' ? word : `${word}.${record}`);
    const { keys, owner, spf } = domain.proof();
    new DnsTxtRecord(this, 'Sender', { ...shared, name: record, record: [{ value: spf }, { value: owner }] });
    new DnsTxtRecord(this, 'Forged', {
      ...shared,
      name: below('_dmarc'),
      record: [{ value: `v=DMARC1; p=${forged}` }],
    });
    for (const [index, key] of keys.entries()) {
      const selector = Fn.element(Fn.split('._domainkey', key), 0) as string;
      new DnsCnameRecord(this, `Key${index + 1}`, { ...shared, name: below(`${selector}._domainkey`), record: key });
    }
  }
}
