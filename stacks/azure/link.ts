import { TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { Link } from '../../lib/azure/link';
import { linkPlan, type Tunnel } from '../../lib/platform/link';
import { linkVariable } from '../../lib/platform/link-outputs';
import type { Foundation } from './foundation';
import type { LinkBaseStack } from './link-base';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

export interface LinkStackProps extends PlatformStackProps {
  readonly foundation: Foundation;
  readonly linkBase: LinkBaseStack;
}

/** An IPv4 address that is not of documents, as Terraform's expressions have it. */
const isAddress = (name: string): string =>
  `\${can(cidrhost("\${var.${name}}/32", 0)) && !can(regex("^(192\\\\.0\\\\.2|198\\\\.51\\\\.100|203\\\\.0\\\\.113)\\\\.", var.${name}))}`;

/**
 * The tunnels to the other cloud. The public addresses of their other ends are told by a file of variables that a script writes; without
 * it, Terraform refuses the stack and names each.
 */
export class LinkStack extends TerraformStack {
  public constructor(scope: Construct, id: string, props: LinkStackProps) {
    super(scope, id);
    const { foundation, linkBase, site } = props;
    const place = preparePlatformStack(this, 'link', props);
    new Link(this, 'Link', {
      place,
      monitoring: foundation.monitoring,
      plan: linkPlan(site.link),
      gatewayId: linkBase.gatewayId,
      addressOf: (tunnel) => this.addressOf(tunnel),
    });
  }

  private addressOf(tunnel: Tunnel): string {
    const name = linkVariable(tunnel);
    const variable = new TerraformVariable(this, name, {
      type: 'string',
      nullable: false,
      description: `Public address of tunnel ${tunnel.connection}/T${tunnel.tunnel} on AWS: npm run carry:link writes it`,
      validation: [
        {
          condition: isAddress(name),
          errorMessage: `${name} must be an address of AWS: npm run carry:link writes it.`,
        },
      ],
    });
    return variable.stringValue;
  }
}
