import type { Construct } from 'constructs';
import type { UseKind } from '../platform/definition';
import type { Identity } from './role';

/** A service that uses a part, and how. */
export interface Use {
  readonly service: string;
  readonly kind: UseKind;
}

/**
 * What a part of the platform is to the services that use it. Names and hosts are known from the definition alone
 * (`lib/platform/azure-hosts.ts`), so that workloads are rendered without a look at Azure; what is left to give is roles.
 */
export interface Capability {
  /** Allows what the use needs and nothing else. The scope is where the role assignments stand. */
  grant(scope: Construct, identity: Identity, use: Use): void;
}
