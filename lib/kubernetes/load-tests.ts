import { CronJob } from '@pulumi/kubernetes/batch/v1/cronJob';
import { ConfigMap } from '@pulumi/kubernetes/core/v1/configMap';
import type { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import type { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import type { Pods } from '../platform/azure-nodes';
import { programStart } from '../platform/keeper-process';
import { generator, programsOf } from '../platform/load-tests/figures';
import { lateSeconds, mostMinutesOf } from '../platform/load-tests/in-cluster';
import { loadScript } from '../platform/load-tests/script';
import { kubernetesNamespace, loadsWord } from '../platform/names';
import type { Loads, LoadTest } from '../platform/nouns/load-tests';
import { cloudToken } from './cloud-token';
import { containerConfinement, resourcesOf, temporaryMount, temporaryVolume } from './confinement';
import type { ClusterContext } from './context';
import { copiedImage } from './copied-image';
import { labelsOf } from './labels';
import type { PodGroup } from './namespace-limits';
import type { PolicySpec } from './peers';
import { plainPod } from './plain-pod';
import { programHome } from './program-home';
import { wayOut } from './way-out';

export interface LoadTestsArgs {
  readonly context: ClusterContext;
  readonly loads: Loads;
  /** Image of the programs of the platform, by digest. */
  readonly image: string;
  /** What must be there before: the namespace. */
  readonly after: readonly Resource[];
}

/** What keeps a result: Node.js and a connection. It runs once k6 has ended, whose room it has. */
const keeping = { vcpu: 0.1, memoryGiB: 0.25 };

/** Runs of each kind that stay: the last good one is known by its job for longer than somebody waits for the next. */
const keptRuns = 3;

/** Where the script lies, and what k6 found. */
const scriptMount = '/load';
const scriptFile = 'script.js';
const summaryFile = `${temporaryMount.mountPath}/summary.json`;

/** What their namespace must have room for: every program of every test at once. */
export const loadsRoom = (pods: readonly Pods[]): readonly PodGroup[] =>
  pods.map(({ count, ...capacity }) => ({ count, capacity }));

/**
 * The container that keeps results.
 *
 * @throws Error if the cloud has none.
 */
function storeOf({ cloud }: Pick<ClusterContext, 'cloud'>): NonNullable<ClusterContext['cloud']['loadStore']> {
  if (cloud.loadStore === undefined)
    throw new Error(`load tests must run on a cloud with a store of results, not ${cloud.name}`);
  return cloud.loadStore;
}

/** The platform as customers reach it and the issuer of tokens, both on the internet; and the store. Nobody reaches them. */
export function loadsPolicy(context: Pick<ClusterContext, 'cloud'>): PolicySpec {
  const { cloud } = context;
  return wayOut(loadsWord, [...storeOf(context).reach, ...cloud.tokens.reach, cloud.internet([443])]);
}

/**
 * Makes load by a schedule: as many programs of k6 as the users of a test need, which leave the network by its fixed addresses and come
 * in again as customers do. What each found is kept by a program that runs after it, as an identity that may do nothing else.
 */
export class LoadTests extends ComponentResource {
  public readonly account: ServiceAccount;
  public readonly policy: NetworkPolicy;
  /** By test. */
  public readonly jobs: Readonly<Record<string, CronJob>>;

  public constructor(name: string, args: LoadTestsArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:LoadTests', name, {}, opts);
    const { after, context, loads } = args;
    const { platform } = context;
    const metadata = {
      name: loadsWord,
      namespace: kubernetesNamespace(platform, loadsWord),
      labels: labelsOf({ platform, name: loadsWord }),
    };
    const home = programHome(this, name, { context, word: loadsWord, policy: loadsPolicy(context), after });
    this.account = home.account;
    this.policy = home.policy;
    this.jobs = Object.fromEntries(
      Object.entries(platform.loadTests).map(([test, spec]) => {
        const labels = labelsOf({ platform, name: loadsWord, component: test });
        const own = { ...metadata, name: test, labels };
        const script = new ConfigMap(
          `${name}-${test}`,
          { metadata: own, data: { [scriptFile]: loadScript(platform, test) } },
          home.inside,
        );
        return [
          test,
          new CronJob(
            `${name}-${test}`,
            { metadata: own, spec: { ...startOf(loads), jobTemplate: runOf(args, test, spec, labels) } },
            { ...home.ready, dependsOn: [...home.ready.dependsOn, script] },
          ),
        ];
      }),
    );
    this.registerOutputs({});
  }
}

const startOf = ({ schedule, timeZone }: Loads) => ({
  schedule,
  timeZone,
  concurrencyPolicy: 'Forbid',
  startingDeadlineSeconds: lateSeconds,
  successfulJobsHistoryLimit: keptRuns,
  failedJobsHistoryLimit: keptRuns,
});

/** Each program of a run has its index and one try, so that one that misses a limit ends none of the others. */
function runOf(args: LoadTestsArgs, test: string, spec: LoadTest, labels: Readonly<Record<string, string>>) {
  const programs = programsOf(args.context.platform, spec);
  return {
    metadata: { labels },
    spec: {
      completionMode: 'Indexed',
      completions: programs,
      parallelism: programs,
      backoffLimitPerIndex: 0,
      activeDeadlineSeconds: mostMinutesOf(spec) * 60,
      template: programPod(args, test, programs, labels),
    },
  };
}

function programPod(
  { context, image }: LoadTestsArgs,
  test: string,
  programs: number,
  labels: Readonly<Record<string, string>>,
) {
  const { cloud } = context;
  const token = cloudToken(cloud.identity(loadsWord));
  const { metadata, spec } = plainPod(loadsWord, labels, cloud.architecture, {
    restartPolicy: 'Never',
    initContainers: [
      {
        name: 'k6',
        image: copiedImage(context, 'k6'),
        // 99 says that limits were missed, which the summary tells as well.
        command: ['sh', '-c', `k6 run --quiet --no-usage-report ${scriptMount}/${scriptFile} || test $? -eq 99`],
        env: [
          { name: 'PROGRAM', valueFrom: fieldOf("annotations['batch.kubernetes.io/job-completion-index']") },
          { name: 'PROGRAMS', value: String(programs) },
          { name: 'RUN', valueFrom: fieldOf("labels['batch.kubernetes.io/job-name']") },
          { name: 'SUMMARY', value: summaryFile },
        ],
        securityContext: containerConfinement,
        resources: resourcesOf(generator.capacity),
        volumeMounts: [{ name: 'script', mountPath: scriptMount, readOnly: true }, temporaryMount],
      },
    ],
    containers: [
      {
        name: 'keep',
        image,
        command: [
          ...programStart,
          'bin/load-result.ts',
          ...['--file', summaryFile, '--container', storeOf(context).container],
        ],
        env: token.env,
        securityContext: containerConfinement,
        resources: resourcesOf(keeping),
        volumeMounts: [token.mount, temporaryMount],
      },
    ],
    volumes: [{ name: 'script', configMap: { name: test } }, token.volume, temporaryVolume(keeping)],
  });
  // A run has one try, so that nodes are not emptied under it to save them.
  return {
    metadata: { ...metadata, annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } },
    spec,
  };
}

const fieldOf = (path: string) => ({ fieldRef: { fieldPath: `metadata.${path}` } });
