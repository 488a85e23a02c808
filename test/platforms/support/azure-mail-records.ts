import { one } from './about';
import type { Expectation } from './expectations';
import { exactly, like } from './matchers';

/** A domain of e-mail in a zone of the platform's own. */
export interface MailRecordsExpected {
  /** What the ids of constructs begin with: `Customers`. */
  readonly part: string;
  /** Zone of Azure DNS. */
  readonly zone: string;
  /** Name of the domain in the zone. */
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What the zone says of a domain from which Azure sends e-mail: who sends, whose it is, whose signature holds, what becomes of forgeries. */
export function azureMailRecords({ name, part, tags, zone }: MailRecordsExpected): readonly Expectation[] {
  const tagged = Object.fromEntries(Object.entries(tags).map(([tag, value]) => [`tags.${tag}`, value]));
  const records = `messaging/${part}Records`;
  const said = (list: string, kind: string) =>
    like(new RegExp(`messaging/${part}Messages/Domain\\.${list}\\b.*\\b${kind}\\b`));
  return [
    one('the zone says who sends from the domain, and whose it is', 'azurerm_dns_txt_record', `${records}/Sender`, {
      ...tagged,
      zone_name: zone,
      name,
      'record.0.value': said('verification_records', 'spf'),
      'record.1.value': said('verification_records', 'domain'),
    }),
    one('recipients reject what claims to be from it and is not', 'azurerm_dns_txt_record', `${records}/Forged`, {
      ...tagged,
      zone_name: zone,
      name: `_dmarc.${name}`,
      record: exactly({ value: 'v=DMARC1; p=reject' }),
    }),
    one('the zone says whose signature holds', 'azurerm_dns_cname_record', `${records}/Key1`, {
      ...tagged,
      zone_name: zone,
      record: said('verification_records', 'dkim'),
    }),
    one('the zone has the second signature, for when keys change', 'azurerm_dns_cname_record', `${records}/Key2`, {
      ...tagged,
      zone_name: zone,
      record: said('verification_records', 'dkim2'),
    }),
  ];
}
