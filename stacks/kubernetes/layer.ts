import type { Resource } from '@pulumi/pulumi';

/** What everything in a cluster stands on, and so waits for. */
export interface PlatformBase {
  /** Namespaces by the word of whom they are for: services, the gateway, the job of migrations. */
  readonly namespaces: Readonly<Record<string, Resource>>;
  /** Installed systems, by name. Whoever uses a system's kinds waits for it. */
  readonly systems: Readonly<Record<string, Resource>>;
}

/** What services wait for. */
export interface PlatformLayer extends PlatformBase {
  /** What brings databases up to date, by the service or the function whose users it makes. */
  readonly migrations: Readonly<Record<string, readonly Resource[]>>;
}
