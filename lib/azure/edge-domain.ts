import { CdnFrontdoorCustomDomain } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-custom-domain';
import { CdnFrontdoorSecret } from '@cdktf/provider-azurerm/lib/cdn-frontdoor-secret';
import { Construct } from 'constructs';
import type { EdgeCertificate } from './edge-certificate';
import { waitFor } from './wait-for';

export interface EdgeDomainsProps {
  readonly profileId: string;
  /** Names under which the site is reached. All of them are on the certificate. */
  readonly hosts: readonly string[];
  readonly certificate: EdgeCertificate;
}

/**
 * The names of a site at Front Door, with the platform's own certificate: Azure renews one of its own only while the name leads
 * to Front Door, and that of a site that waits leads elsewhere.
 */
export class EdgeDomains extends Construct {
  /** By host. */
  public readonly domains: Readonly<Record<string, CdnFrontdoorCustomDomain>>;

  public constructor(scope: Construct, id: string, props: EdgeDomainsProps) {
    super(scope, id);
    const { certificate, hosts, profileId } = props;
    const secret = new CdnFrontdoorSecret(this, 'Certificate', {
      name: 'domain',
      cdnFrontdoorProfileId: profileId,
      secret: { customerCertificate: [{ keyVaultCertificateId: certificate.certificateId }] },
    });
    waitFor(secret, [certificate.grant]);
    this.domains = Object.fromEntries(
      hosts.map((host, index) => [
        host,
        new CdnFrontdoorCustomDomain(this, index === 0 ? 'Domain' : 'Site', {
          name: host.replaceAll('.', '-'),
          cdnFrontdoorProfileId: profileId,
          hostName: host,
          tls: { certificateType: 'CustomerCertificate', cdnFrontdoorSecretId: secret.id },
        }),
      ]),
    );
  }

  public get ids(): string[] {
    return this.idsOf(Object.keys(this.domains));
  }

  /** Ids of some of them. */
  public idsOf(hosts: readonly string[]): string[] {
    return hosts.flatMap((host) => this.domains[host]?.id ?? []);
  }
}
