import type { JsonObject } from '../../../lib/review/json';
import { one, type Row } from './about';
import { reference } from './graph';
import { oneLike } from './matchers';

/** Names of a platform that keeps its own domain on Azure, which lead to Front Door. */
export const ownNames = (tags: JsonObject): Row => ({
  row: 'names',
  expectations: [
    ...['a', 'aaaa'].map((kind) => ({
      name: `the domain leads to the edge by ${kind}`,
      type: `azurerm_dns_${kind}_record`,
      having: { tags },
      path: 'target_resource_id',
      is: reference('edge/Edge/Endpoint', 'id'),
      count: 1,
    })),
    one('the edge may have a certificate of the domain', 'azurerm_dns_txt_record', 'edge/Records/DomainValidation', {
      tags,
      name: '_dnsauth',
      'record[*].value': oneLike(/Edge\/Domains\/Domain\.validation_token/),
    }),
  ],
});
