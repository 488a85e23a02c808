import { one, type Row } from './about';
import { absent, all, containing, eachOneOf, exactly, like, oneLike } from './matchers';
import type { Hardened } from './mutations';

/** What moves a set of flags in a cluster, and takes it back. */
export interface FlagTurnsExpected {
  readonly platform: string;
  readonly set: string;
  /** Services whose errors take a change back. */
  readonly watched: readonly string[];
  readonly rollout: { readonly minutes: number; readonly stepPercent: number; readonly bakeMinutes: number };
  /** Which of two clusters is meant, for people. @default - there is one */
  readonly where?: string;
}

const job = 'spec.jobTemplate.spec';
const pod = `${job}.template.spec`;
const command = `${pod}.containers[*].command`;

/** Flags that move in steps, and turn themselves back. */
export function flagTurnsRow({ platform, rollout, set, watched, where }: FlagTurnsExpected): Row {
  const namespace = `${platform}-flag-rollout`;
  const turn = `${namespace}/cronjob-${set}`;
  const policy = `${namespace}/networkpolicy-flag-rollout`;
  const within = where === undefined ? '' : ` in ${where}`;
  const { bakeMinutes, minutes, stepPercent } = rollout;
  return {
    row: `turns of flags${within}`,
    expectations: [
      one(`flags have a turn every minute${within}, one at a time`, 'CronJob', turn, {
        'spec.schedule': '* * * * *',
        'spec.suspend': absent,
        'spec.concurrencyPolicy': 'Forbid',
        'spec.startingDeadlineSeconds': 30,
        'spec.failedJobsHistoryLimit': 0,
        [`${job}.activeDeadlineSeconds`]: 50,
        [`${job}.backoffLimit`]: 0,
        [`${pod}.serviceAccountName`]: 'flag-rollout',
        [`${pod}.automountServiceAccountToken`]: false,
        [`${pod}.containers[*].image`]: like(/\/failover@sha256:[0-9a-f]{64}$/),
        [`${pod}.containers[*].securityContext.capabilities.drop`]: exactly('ALL'),
      }),
      one(`flags move as their definition says${within}`, 'CronJob', turn, {
        [command]: containing(
          ...['bin/flag-rollout.ts', '--set', set, '--minutes', String(minutes), '--step-percent', String(stepPercent)],
          ...['--bake-minutes', String(bakeMinutes)],
        ),
        [`${command}[4]`]: '--set',
        [`${command}[7]`]: like(new RegExp(`^https://appcs-[\\w-]+-${set}-\\w{6}\\.azconfig\\.io$`)),
      }),
      one(`errors of who uses flags take them back${within}`, 'CronJob', turn, {
        [`${command}[*]`]: all(
          oneLike(new RegExp(`^label_replace\\([^]+\\)${' or label_replace\\([^]+\\)'.repeat(watched.length - 1)}$`)),
          ...watched.map((service) => oneLike(new RegExp(`"service", "${service}", "", ""\\)`))),
        ),
      }),
      one(`nobody reaches what moves flags${within}`, 'NetworkPolicy', policy, {
        'spec.podSelector': { matchLabels: { 'app.kubernetes.io/name': 'flag-rollout' } },
        'spec.policyTypes': exactly('Egress'),
        'spec.ingress': absent,
      }),
      one(
        `what moves flags has an account, and no token of the cluster${within}`,
        'ServiceAccount',
        `${namespace}/serviceaccount-flag-rollout`,
        { automountServiceAccountToken: false },
      ),
      one(`what moves flags reaches stores, Prometheus and tokens alone${within}`, 'NetworkPolicy', policy, {
        'spec.egress[*].ports[*].port': eachOneOf(443, 9090),
        'spec.egress[0].to[*].podSelector.matchLabels': { 'app.kubernetes.io/name': 'prometheus' },
        'spec.egress[1].to[*].ipBlock.cidr': like(/^10\.\d+\.\d+\.0\/24$/),
        'spec.egress[2].to[*].ipBlock.cidr': '0.0.0.0/0',
        'spec.egress[3]': absent,
      }),
    ],
  };
}

const where = /-flag-rollout\//;

/** What must not be lost of it. */
export const hardenedFlagTurns: Readonly<Record<string, readonly Hardened[]>> = {
  CronJob: [
    { where },
    { where, path: 'spec.schedule', weak: ['0 4 1 1 *'] },
    { where, path: 'spec.concurrencyPolicy', weak: ['Allow'] },
    { where, path: `${job}.activeDeadlineSeconds`, weak: [604_800] },
    { where, path: `${pod}.automountServiceAccountToken` },
    { where, path: command, weak: [['node', '--require', 'tsx/cjs', 'bin/flag-rollout.ts', '--set', 'another']] },
  ],
  NetworkPolicy: [{ where: /-flag-rollout\/networkpolicy-flag-rollout$/ }],
};
