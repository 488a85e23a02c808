import { CronJob, type CronJobArgs } from '@pulumi/kubernetes/batch/v1/cronJob';
import type { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import type { NetworkPolicy } from '@pulumi/kubernetes/networking/v1/networkPolicy';
import { ComponentResource, type ComponentResourceOptions, type Resource } from '@pulumi/pulumi';
import { digestMinutes, verificationSchedule } from '../platform/ledgers';
import { databaseName, digestsWord, verificationWord } from '../platform/names';
import type { ClusterContext } from './context';
import { sqlServerOf } from './migration-sql-server';
import type { PodGroup } from './namespace-limits';
import type { PolicySpec } from './peers';
import { programHome } from './program-home';
import { programRun } from './program-run';
import { wayOut } from './way-out';

/** What is done with ledgers by a schedule, one run at a time and database. */
export interface LedgerTask {
  /** What it is called among services. */
  readonly word: typeof digestsWord | typeof verificationWord;
  /** The program of the platform's image. */
  readonly program: string;
  readonly schedule: string;
  /** How long a run may take, in seconds: less than the time between two. */
  readonly mostSeconds: number;
  /** Tries after the first one. */
  readonly backoffLimit: number;
  /** Runs that failed and are kept for people. @default - none */
  readonly keptFailures?: number;
}

/** Takes digests of ledgers. */
export const digesting: LedgerTask = {
  word: digestsWord,
  program: 'bin/ledger-digest.ts',
  schedule: `*/${digestMinutes} * * * *`,
  mostSeconds: 300,
  backoffLimit: 2,
};

/** Compares ledgers with the digests that were kept of them. Ours: four hours. */
export const verifying: LedgerTask = {
  word: verificationWord,
  program: 'bin/ledger-verification.ts',
  schedule: verificationSchedule,
  mostSeconds: 4 * 3600,
  // A ledger that does not agree will not agree the next time; a connection that broke is worth one.
  backoffLimit: 1,
  keptFailures: 1,
};

export interface LedgerJobsArgs {
  readonly context: ClusterContext;
  readonly task: LedgerTask;
  /** Databases that have a ledger. */
  readonly databases: readonly string[];
  /** Image of the programs of the platform, by digest. */
  readonly image: string;
  /** What must be there before: the namespace. */
  readonly after: readonly Resource[];
}

/** Ours: Node.js, a connection and the digests of two months. */
const capacity = { vcpu: 0.1, memoryGiB: 0.25 };

/** What a namespace of theirs must have room for: one a database, since a run that takes too long is not joined by another. */
export const ledgerRoom = (databases: readonly string[]): PodGroup => ({ count: databases.length, capacity });

/** A run that could not start on time still does for so long, in seconds. */
const lateSeconds = 300;

/**
 * The container that keeps digests.
 *
 * @throws Error if the cloud has none.
 */
function storeOf({ cloud }: Pick<ClusterContext, 'cloud'>): NonNullable<ClusterContext['cloud']['digestStore']> {
  if (cloud.digestStore === undefined)
    throw new Error(`digests must be kept on a cloud with a store of them, not ${cloud.name}`);
  return cloud.digestStore;
}

/** What they reach: the server, the container, and where tokens are exchanged. Nobody reaches them. */
export function ledgerPolicy(
  context: Pick<ClusterContext, 'cloud'>,
  { word }: Pick<LedgerTask, 'word'>,
  databases: readonly string[],
): PolicySpec {
  const reach = [
    ...databases.flatMap((database) => sqlServerOf(context, database).reach),
    ...storeOf(context).reach,
    ...context.cloud.tokens.reach,
  ];
  return wayOut(word, reach);
}

/**
 * Does something with ledgers by a schedule, in a namespace of its own and as an identity that may do nothing else: who takes digests
 * cannot verify by them, and who verifies cannot write any. Digests lie where who owns the databases cannot change them. That one is
 * missing is told by their store, and not from here.
 */
export class LedgerJobs extends ComponentResource {
  public readonly account: ServiceAccount;
  public readonly policy: NetworkPolicy;
  /** By database. */
  public readonly jobs: Readonly<Record<string, CronJob>>;

  public constructor(name: string, args: LedgerJobsArgs, opts: ComponentResourceOptions) {
    super('mainstay:kubernetes:LedgerJobs', name, {}, opts);
    const { after, context, databases, task } = args;
    const policy = ledgerPolicy(context, task, databases);
    const home = programHome(this, name, { context, word: task.word, policy, after });
    this.account = home.account;
    this.policy = home.policy;
    this.jobs = Object.fromEntries(
      databases.map((database) => [
        database,
        new CronJob(`${name}-${database}`, ledgerRun(args, database), home.ready),
      ]),
    );
    this.registerOutputs({});
  }
}

function ledgerRun({ context, image, task }: LedgerJobsArgs, database: string): CronJobArgs {
  const { program, ...rest } = task;
  const { host, port } = sqlServerOf(context, database);
  return programRun({
    ...rest,
    context,
    component: database,
    container: 'ledger',
    image,
    command: [
      program,
      ...['--server', host, '--port', String(port), '--database', databaseName(database)],
      ...['--container', storeOf(context).container],
    ],
    capacity,
    lateSeconds,
  });
}
