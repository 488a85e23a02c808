import type { Cloud } from './cloud';

/** Where a pod stands: on nodes of the cloud's architecture, and those of a part that is judged apart on none but its own. */
export function placement({ architecture, nodesApart }: Pick<Cloud, 'architecture' | 'nodesApart'>, word: string) {
  const apart = nodesApart?.(word);
  return {
    nodeSelector: { 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': architecture, ...apart },
    ...(apart === undefined
      ? {}
      : {
          tolerations: Object.entries(apart).map(([key, value]) => ({
            key,
            value,
            operator: 'Equal' as const,
            effect: 'NoSchedule' as const,
          })),
        }),
  };
}
