import { TerraformStack, TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { Link } from '../../lib/azure/link';
import { linkPlan, type Tunnel } from '../../lib/platform/link';
import { linkVariable, tunnelKey, tunnelName } from '../../lib/platform/link-outputs';
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

/** A key that AWS takes. */
const isKey = (name: string): string => `\${can(regex("${tunnelKey.source}", var.${name}))}`;

/**
 * The tunnels to the other cloud. A script tells Terraform the public addresses of their other ends and their keys, each time and by its
 * environment; without, Terraform refuses the stack and names each. Keys are in no plan and no state.
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
      keyOf: (tunnel) => this.keyOf(tunnel),
    });
  }

  private addressOf(tunnel: Tunnel): string {
    const name = linkVariable.address(tunnel);
    return this.told(name, `Public address of tunnel ${tunnelName(tunnel)} on AWS`, isAddress(name)).stringValue;
  }

  private keyOf(tunnel: Tunnel): string {
    const name = linkVariable.key(tunnel);
    const key = this.told(name, `Key of tunnel ${tunnelName(tunnel)}, as AWS keeps it`, isKey(name));
    key.addOverride('sensitive', true);
    key.addOverride('ephemeral', true);
    return key.stringValue;
  }

  /** A variable that has to be told whenever the stack is planned. */
  private told(name: string, what: string, condition: string): TerraformVariable {
    return new TerraformVariable(this, name, {
      type: 'string',
      nullable: false,
      description: `${what}: npm run carry:link brings it`,
      validation: [{ condition, errorMessage: `${name} must be what AWS has: npm run carry:link brings it.` }],
    });
  }
}
