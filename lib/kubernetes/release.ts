import { assertNever } from '../platform/error';
import type { Release } from '../platform/nouns/release';
import type { Platform, SiteName } from '../platform/platform';
import { releaseHeader, releaseValue, versions } from '../platform/gateway/release-header';
import { analysisArgs, analysisName } from './analysis';
import type { IRollout } from './custom-types';
import { weightsArgument, weightsName } from './release-weights';

/** Subsets of a service's pods between which a release moves traffic. */
export const subsets = { stable: 'stable', canary: 'canary' } as const;

/** Name of the route whose weights a release moves. */
export const releaseRoute = 'primary';

/** Name of the route that a release makes for requests which the gateway sends to the new version, and takes away however it ends. */
export const canaryRoute = 'new-version';

/** Service that finds the new version alone, before it has traffic. */
export const previewService = (service: string): string => `${service}-preview`;

/** How a release of a service goes on a site: as the service says, or plainly where the site does without more. */
export const releaseOn = (platform: Pick<Platform, 'services' | 'stage'>, site: SiteName, service: string): Release => {
  const release = platform.services[service]?.release;
  if (release === undefined) throw new Error(`no service ${service} in ${Object.keys(platform.services).join(', ')}`);
  const waived = platform.stage.sites[site]?.waives.releases !== undefined;
  return waived ? { kind: 'rolling', rollback: release.rollback } : release;
};

/** A share of the traffic, in percent, and how long it stays there, in minutes. */
export interface Step {
  readonly percent: number;
  readonly minutes: number;
}

/**
 * The steps of a release that moves traffic by weights, the last of which is all of it: as long as both versions stand there, a
 * release can be taken back at once.
 */
export function releaseSteps(release: Extract<Release, { kind: 'canary' | 'linear' }>): readonly Step[] {
  const last: Step = { percent: 100, minutes: release.bakeMinutes };
  if (release.kind === 'canary') return [...release.steps, last];
  const { stepMinutes: minutes, stepPercent } = release;
  const before = Math.ceil(100 / stepPercent) - 1;
  return [...Array.from({ length: before }, (_, index) => ({ percent: (index + 1) * stepPercent, minutes })), last];
}

/** A release as a Rollout does it. */
export type Strategy = IRollout['spec']['strategy'];

/** How a plain release goes: a quarter more pods at a time, and never fewer than before. */
const inPlace = { maxSurge: '25%', maxUnavailable: 0 } as const;

/** For how long a plain release is judged once all of its pods are new, in minutes: long enough for the third bad measurement. */
const inPlaceMinutes = 10;

/** A step that waits by itself; one without a time would wait for a person. */
const pause = (minutes: number) => ({ pause: { duration: `${minutes}m` } });

const stepOf = ({ minutes, percent }: Step) => [{ setWeight: percent }, ...(minutes === 0 ? [] : [pause(minutes)])];

/** Has a job move the weights of the gateway, and waits for it. */
const weigh = (percent: number) => ({
  analysis: { templates: [{ templateName: weightsName }], args: [{ name: weightsArgument, value: String(percent) }] },
});

/**
 * The same where the gateway moves weights, too. A release that was taken back leaves its weights behind, which lead to the old version
 * since its route is gone; so the next one begins with none.
 */
function pooledSteps(release: Extract<Release, { kind: 'canary' | 'linear' }>, service: string) {
  const [first, ...others] = releaseSteps(release);
  if (first === undefined) throw new Error(`a release of ${service} has no steps`);
  const follow = {
    setHeaderRoute: {
      name: canaryRoute,
      match: [{ headerName: releaseHeader, headerValue: { exact: releaseValue(service, versions.canary) } }],
    },
  };
  const [weight, ...rest] = stepOf(first);
  return [
    weigh(0),
    ...(weight === undefined ? [] : [weight]),
    follow,
    weigh(first.percent),
    ...rest,
    ...others.flatMap((step) => {
      const [moved, ...then] = stepOf(step);
      return [...(moved === undefined ? [] : [moved]), weigh(step.percent), ...then];
    }),
  ];
}

/** Old pods stay this long after traffic has left them for good, in seconds: until every proxy knows. */
const leaveSeconds = 60;

/**
 * A release in the terms of Argo Rollouts. All are judged against the version that they replace, from the first request to the end
 * of the bake time, and taken back by themselves. A plain one moves no traffic of its own: requests go to whichever pods there are.
 *
 * @param pooled Whether the gateway has a pool of the service's versions, whose weights the release moves, too. The mesh moves calls
 * between services, and follows the gateway's word for every other request; without a release it knows one version alone.
 */
export function releaseStrategy(
  release: Release,
  service: string,
  { min }: { readonly min: number },
  pooled = false,
): NonNullable<Strategy> {
  const analysis = { templates: [{ templateName: analysisName }], args: analysisArgs };
  switch (release.kind) {
    case 'rolling':
      return { canary: { ...inPlace, analysis, steps: [{ setWeight: 100 }, pause(inPlaceMinutes)] } };
    case 'blue-green':
      return {
        blueGreen: {
          activeService: service,
          previewService: previewService(service),
          autoPromotionEnabled: true,
          // For as long as it is judged, the old version stands there whole.
          ...(release.bakeMinutes === 0 ? {} : { postPromotionAnalysis: analysis }),
          scaleDownDelaySeconds: leaveSeconds,
        },
      };
    case 'canary':
    case 'linear':
      return {
        canary: {
          trafficRouting: {
            ...(pooled ? { managedRoutes: [{ name: canaryRoute }] } : {}),
            istio: {
              virtualService: { name: service, routes: [releaseRoute] },
              destinationRule: {
                name: service,
                stableSubsetName: subsets.stable,
                canarySubsetName: subsets.canary,
              },
            },
          },
          // One pod of a version would be no measure, and gone with its node.
          minPodsPerReplicaSet: Math.min(2, min),
          analysis: { ...analysis, startingStep: pooled ? 3 : 1 },
          steps: pooled ? pooledSteps(release, service) : releaseSteps(release).flatMap(stepOf),
        },
      };
    default:
      return assertNever(release);
  }
}
