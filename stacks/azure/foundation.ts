import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import type { Monitoring } from '../../lib/azure/diagnostics';
import type { Encryption } from '../../lib/azure/encryption';
import type { PrivateNetwork } from '../../lib/azure/private-network';
import type { Identity } from '../../lib/azure/role';
import { preparePlatformStack, type PlatformStackProps } from './platform-stack';

/** What the other stacks know of the foundation. */
export interface Foundation {
  readonly network: PrivateNetwork;
  readonly encryption: Encryption;
  readonly monitoring: Monitoring;
  /** Identities of the services on this site, by service. */
  readonly identities: Readonly<Record<string, Identity>>;
  /** Identity of the gateway. */
  readonly gatewayIdentity: Identity;
  readonly registry: { readonly id: string };
  readonly vault: { readonly id: string };
  /** Id of the workspace-based Application Insights resource. */
  readonly insightsId: string;
}

export class FoundationStack extends TerraformStack implements Foundation {
  declare public readonly network: PrivateNetwork;
  declare public readonly encryption: Encryption;
  declare public readonly monitoring: Monitoring;
  declare public readonly identities: Readonly<Record<string, Identity>>;
  declare public readonly gatewayIdentity: Identity;
  declare public readonly registry: { readonly id: string };
  declare public readonly vault: { readonly id: string };
  declare public readonly insightsId: string;

  public constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id);
    preparePlatformStack(this, 'foundation', props);
  }
}
