import type { Platform } from '../platform/platform';

/** What an object is part of. */
export interface Labelled {
  readonly platform: Pick<Platform, 'name'>;
  /** Whose it is: the word of a service, of the gateway, of a system. */
  readonly name: string;
  /** Which of several kinds of pods of the same name. @default - not told */
  readonly component?: string;
  /** The team that is called. @default - nobody's own */
  readonly team?: string | undefined;
}

/** By which policies, budgets and services find pods. Never changes: most that select by labels cannot be changed in place. */
export const selectorOf = ({ component, name }: Pick<Labelled, 'component' | 'name'>): Record<string, string> => ({
  'app.kubernetes.io/name': name,
  ...(component === undefined ? {} : { 'app.kubernetes.io/component': component }),
});

/** Labels of every object that the platform makes. */
export const labelsOf = ({ platform, team, ...selected }: Labelled): Record<string, string> => ({
  ...selectorOf(selected),
  'app.kubernetes.io/part-of': platform.name,
  'app.kubernetes.io/managed-by': 'mainstay',
  ...(team === undefined ? {} : { team }),
});

/** The label that tells pods of one version from those of another; Argo Rollouts sets it. */
export const versionHash = 'rollouts-pod-template-hash';

/** The label that Kubernetes gives to each namespace: its name. */
export const namespaceLabel = (namespace: string): Record<string, string> => ({
  'kubernetes.io/metadata.name': namespace,
});
