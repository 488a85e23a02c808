import { DnsARecord } from '@cdktf/provider-azurerm/lib/dns-a-record';
import { DnsAaaaRecord } from '@cdktf/provider-azurerm/lib/dns-aaaa-record';
import { DnsTxtRecord } from '@cdktf/provider-azurerm/lib/dns-txt-record';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { Edge } from './edge';
import type { Place } from './place';

export interface EdgeRecordsProps {
  readonly place: Place;
  /** A zone of Azure DNS that exists already: nothing is looked up. */
  readonly zone: { readonly name: string; readonly resourceGroup: string };
  readonly edge: Edge;
}

/** How long answers are kept, in seconds. */
const nameSeconds = 60;

/** What a record is called in its zone: `@` is the zone itself, and `shop` is `shop.example.com` in `example.com`. */
export const recordName = (host: string, zone: string): string =>
  host === zone ? '@' : host.slice(0, -(zone.length + 1));

/** `_dnsauth`, in front of the name that it speaks for. */
const validationName = (record: string): string => (record === '@' ? '_dnsauth' : `_dnsauth.${record}`);

/**
 * The names of the primary in its zone: each leads to Front Door as an alias, which the name of a zone may be too, and which
 * Azure keeps from leading to what somebody else was given later; and a text by which Front Door knows whose the name is.
 */
export class EdgeRecords extends Construct {
  public readonly records: readonly (DnsARecord | DnsAaaaRecord | DnsTxtRecord)[];

  public constructor(scope: Construct, id: string, props: EdgeRecordsProps) {
    super(scope, id);
    const { edge, place, zone } = props;
    const shared = {
      zoneName: zone.name,
      resourceGroupName: zone.resourceGroup,
      ttl: nameSeconds,
      tags: { ...place.tags },
    };
    this.records = Object.entries(edge.domains.domains).flatMap(([host, domain], index) => {
      const name = recordName(host, zone.name);
      const as = pascalCase(index === 0 ? 'domain' : 'site');
      const alias = { ...shared, name, targetResourceId: edge.endpoint.id };
      return [
        new DnsARecord(this, `${as}Ipv4`, alias),
        new DnsAaaaRecord(this, `${as}Ipv6`, alias),
        new DnsTxtRecord(this, `${as}Validation`, {
          ...shared,
          name: validationName(name),
          record: [{ value: domain.validationToken }],
        }),
      ];
    });
  }
}
