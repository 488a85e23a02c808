import type * as appconfig from 'aws-cdk-lib/aws-appconfig';
import type { Flag, FlagSet } from '../platform/nouns/flags';

/**
 * The attributes of a flag: whoever turns it in the console is held to them. Segments are `attribute=value`, joined by
 * spaces.
 */
const attributes = {
  percent: { constraints: { type: 'number', minimum: 0, maximum: 100, required: true } },
  segments: { constraints: { type: 'string', required: false } },
} as const;

/** `plan=enterprise plan=beta tenant=acme` */
export const segmentText = (segments: Flag['segments']): string =>
  segments.flatMap(({ attribute, values }) => values.map((value) => `${attribute}=${value}`)).join(' ');

/** A set of flags as AppConfig keeps it: what each may be, and what it is. */
export function flagDocument({ flags }: Pick<FlagSet, 'flags'>): string {
  const each = <Value>(make: (name: string, flag: Flag) => Value) =>
    Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, make(name, flag)]));
  return JSON.stringify({
    version: '1',
    flags: each((name, { description }) => ({ name, description, attributes })),
    values: each((_name, { enabled, percent, segments }) => ({
      enabled,
      percent,
      ...(segments.length === 0 ? {} : { segments: segmentText(segments) }),
    })),
  });
}

/** A rollout in the terms of AppConfig, which takes 1 to 100 for a step even where there is one step. */
export const rolloutSettings = ({
  bakeMinutes,
  minutes,
  stepPercent,
}: FlagSet['rollout']): Pick<
  appconfig.CfnDeploymentStrategyProps,
  'deploymentDurationInMinutes' | 'finalBakeTimeInMinutes' | 'growthFactor' | 'growthType'
> => ({
  deploymentDurationInMinutes: minutes,
  finalBakeTimeInMinutes: bakeMinutes,
  growthFactor: minutes === 0 ? 100 : stepPercent,
  growthType: 'LINEAR',
});
