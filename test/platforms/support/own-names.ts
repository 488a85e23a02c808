import type { JsonObject } from '../../../lib/review/json';
import { one, type Row } from './about';
import { reference } from './graph';
import { oneLike } from './matchers';

/** Names of a platform: what each is, the id of its records, and the name by which it is proved. */
const names = {
  domain: { id: 'Domain', proof: '_dnsauth' },
  site: { id: 'Site', proof: '_dnsauth.recovery' },
} as const;

/** Names of a platform that keeps its own domain on Azure, which lead to Front Door: the domain, and a name of a second site. */
export const ownNames = (tags: JsonObject, of: readonly (keyof typeof names)[] = ['domain']): Row => ({
  row: 'names',
  expectations: of.flatMap((name) => {
    const { id, proof } = names[name];
    return [
      ...(['A', 'Aaaa'] as const).map((kind) =>
        one(
          `the ${name} leads to the edge by ${kind.toLowerCase()}`,
          `azurerm_dns_${kind.toLowerCase()}_record`,
          `edge/Records/${id}${kind === 'A' ? 'Ipv4' : 'Ipv6'}`,
          { tags, target_resource_id: reference('edge/Edge/Endpoint', 'id') },
        ),
      ),
      one(`the edge may have a certificate of the ${name}`, 'azurerm_dns_txt_record', `edge/Records/${id}Validation`, {
        tags,
        name: proof,
        'record[*].value': oneLike(new RegExp(`Edge/Domains/${id}\\.validation_token`)),
      }),
    ];
  }),
});
