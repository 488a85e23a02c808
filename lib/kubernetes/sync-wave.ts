import type { Platform } from '../platform/platform';

/**
 * In which order Argo CD applies what a service is made of; it waits for one before it begins the next, and not for the last.
 * Whatever is not named comes first.
 */
const waves = { migration: 1, workload: 2 } as const;

/** Annotations by which Argo CD orders an object; none, where Pulumi applies it and knows the order by itself. */
export const syncWave = ({ delivery }: Pick<Platform, 'delivery'>, wave: keyof typeof waves): Record<string, string> =>
  delivery.manifests.by === 'argocd' ? { 'argocd.argoproj.io/sync-wave': String(waves[wave]) } : {};
