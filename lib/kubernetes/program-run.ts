import type { CronJobArgs } from '@pulumi/kubernetes/batch/v1/cronJob';
import { programStart } from '../platform/keeper-process';
import { kubernetesNamespace } from '../platform/names';
import type { Capacity } from '../platform/nouns/scalars';
import { cloudToken } from './cloud-token';
import { containerConfinement, resourcesOf, temporaryMount, temporaryVolume } from './confinement';
import type { ClusterContext } from './context';
import { labelsOf } from './labels';
import { plainPod } from './plain-pod';

/** A program of the platform's own that a cluster runs by a schedule. */
export interface ProgramRun {
  readonly context: ClusterContext;
  /** Whose namespace, account and identity it has. */
  readonly word: string;
  /** What it is about: the name of its job. */
  readonly component: string;
  /** What its container is called. */
  readonly container: string;
  /** Image of the programs of the platform, by digest. */
  readonly image: string;
  /** The program, and what it is told on its command line. */
  readonly command: readonly string[];
  readonly capacity: Capacity;
  readonly schedule: string;
  /** How long a run may take, in seconds: less than the time between two. */
  readonly mostSeconds: number;
  /** A run that could not start on time still does for so long, in seconds. */
  readonly lateSeconds: number;
  /** Tries after the first one. */
  readonly backoffLimit: number;
  /** Runs that failed and are kept for people. @default - none: what failed is in the log, and one that stayed would count as a migration that did not end */
  readonly keptFailures?: number;
}

/** A program by a schedule, one run at a time, as an identity that its pod proves by a token for the cloud alone. */
export function programRun(run: ProgramRun): CronJobArgs {
  const { backoffLimit, component, context, keptFailures = 0, lateSeconds, mostSeconds, schedule, word } = run;
  const { platform } = context;
  const labels = labelsOf({ platform, name: word, component });
  return {
    metadata: { name: component, namespace: kubernetesNamespace(platform, word), labels },
    spec: {
      schedule,
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: lateSeconds,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: keptFailures,
      jobTemplate: {
        metadata: { labels },
        spec: { backoffLimit, activeDeadlineSeconds: mostSeconds, template: podOf(run, labels) },
      },
    },
  };
}

function podOf({ capacity, command, container, context, image, word }: ProgramRun, labels: Record<string, string>) {
  const { cloud } = context;
  const token = cloudToken(cloud.identity(word));
  return plainPod(word, labels, cloud.architecture, {
    restartPolicy: 'Never',
    containers: [
      {
        name: container,
        image,
        command: [...programStart, ...command],
        env: token.env,
        securityContext: containerConfinement,
        resources: resourcesOf(capacity),
        volumeMounts: [token.mount, temporaryMount],
      },
    ],
    volumes: [token.volume, temporaryVolume(capacity)],
  });
}
