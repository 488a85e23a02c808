import fc from 'fast-check';
import { movesWeights, release as schema, type Release } from '../../lib/platform/nouns/release';
import { releaseOn, releaseSteps, releaseStrategy } from '../../lib/kubernetes/release';
import { resolved, retailflowWith } from '../support/platform';

const given = (input: unknown) => schema.parse(input);
type Stepped = Extract<Release, { kind: 'canary' | 'linear' }>;

const canary = given({
  kind: 'canary',
  steps: [
    { percent: 5, minutes: 720 },
    { percent: 50, minutes: 10 },
  ],
  bakeMinutes: 60,
}) as Stepped;

describe('the steps of a release', () => {
  test.each<readonly [string, unknown, readonly (readonly [number, number])[]]>([
    [
      'a canary are its own, and all traffic while it bakes',
      canary,
      [
        [5, 720],
        [50, 10],
        [100, 60],
      ],
    ],
    [
      'a linear one are equal',
      { kind: 'linear', stepPercent: 25, stepMinutes: 5, bakeMinutes: 30 },
      [
        [25, 5],
        [50, 5],
        [75, 5],
        [100, 30],
      ],
    ],
    [
      'a linear one end with what is left',
      { kind: 'linear', stepPercent: 40, stepMinutes: 5, bakeMinutes: 0 },
      [
        [40, 5],
        [80, 5],
        [100, 0],
      ],
    ],
    ['one that takes all at once are one', { kind: 'linear', stepPercent: 100, stepMinutes: 5 }, [[100, 15]]],
  ])('of %s', (_, input, steps) => {
    expect(releaseSteps(given(input) as Stepped).map(({ minutes, percent }) => [percent, minutes])).toEqual(steps);
  });

  test('rise, end with all traffic and are never further apart than was asked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 100 }), (stepPercent) => {
        const steps = releaseSteps(given({ kind: 'linear', stepPercent, stepMinutes: 1 }) as Stepped);
        const percents = [0, ...steps.map(({ percent }) => percent)];
        const apart = percents.slice(1).map((percent, index) => percent - (percents[index] ?? 0));
        expect(percents.at(-1)).toBe(100);
        expect(Math.min(...apart)).toBeGreaterThan(0);
        expect(Math.max(...apart)).toBeLessThanOrEqual(stepPercent);
      }),
    );
  });
});

describe('a release in the terms of Argo Rollouts', () => {
  const strategy = (input: unknown, min = 3) => releaseStrategy(given(input), 'order', { min });

  test('moves the weights of the route, and waits at each', () => {
    expect(strategy(canary).canary).toMatchObject({
      trafficRouting: {
        istio: {
          virtualService: { name: 'order', routes: ['primary'] },
          destinationRule: { name: 'order', stableSubsetName: 'stable', canarySubsetName: 'canary' },
        },
      },
      steps: [
        { setWeight: 5 },
        { pause: { duration: '720m' } },
        { setWeight: 50 },
        { pause: { duration: '10m' } },
        { setWeight: 100 },
        { pause: { duration: '60m' } },
      ],
    });
  });

  test('moves the weights of the gateway too, begins with none, and has the mesh follow its word', () => {
    const { canary: pooled } = releaseStrategy(canary, 'order', { min: 3 }, true);
    const weigh = (percent: number) => ({
      analysis: { templates: [{ templateName: 'weights' }], args: [{ name: 'percent', value: String(percent) }] },
    });
    expect(pooled?.trafficRouting?.managedRoutes).toEqual([{ name: 'new-version' }]);
    expect(pooled?.analysis?.startingStep).toBe(3);
    expect(pooled?.steps).toEqual([
      weigh(0),
      { setWeight: 5 },
      {
        setHeaderRoute: {
          name: 'new-version',
          match: [{ headerName: 'X-Release', headerValue: { exact: 'order-canary' } }],
        },
      },
      weigh(5),
      { pause: { duration: '720m' } },
      { setWeight: 50 },
      weigh(50),
      { pause: { duration: '10m' } },
      { setWeight: 100 },
      weigh(100),
      { pause: { duration: '60m' } },
    ]);
  });

  test('does not wait where no time is given: a pause without one would wait for a person', () => {
    const { steps } = strategy({ kind: 'linear', stepPercent: 50, stepMinutes: 0, bakeMinutes: 0 }).canary ?? {};
    expect(steps).toEqual([{ setWeight: 50 }, { setWeight: 100 }]);
  });

  test('is judged from the first request on, against the version that it replaces', () => {
    expect(strategy(canary).canary?.analysis).toEqual({
      templates: [{ templateName: 'release' }],
      args: [
        { name: 'canary', valueFrom: { podTemplateHashValue: 'Latest' } },
        { name: 'stable', valueFrom: { podTemplateHashValue: 'Stable' } },
      ],
      startingStep: 1,
    });
  });

  test.each([
    [1, 1],
    [2, 2],
    [30, 2],
  ])('of a service with %d pods begins with %d', (min, pods) => {
    expect(strategy(canary, min).canary?.minPodsPerReplicaSet).toBe(pods);
  });

  test('moves all at once where there are two fleets, by itself, and keeps the first while the second is judged', () => {
    expect(strategy({ kind: 'blue-green', bakeMinutes: 15 })).toEqual({
      blueGreen: {
        activeService: 'order',
        previewService: 'order-preview',
        autoPromotionEnabled: true,
        postPromotionAnalysis: expect.objectContaining({ templates: [{ templateName: 'release' }] }) as unknown,
        scaleDownDelaySeconds: 60,
      },
    });
  });

  test('is not judged after the traffic moved where it does not bake', () => {
    expect(strategy({ kind: 'blue-green', bakeMinutes: 0 }).blueGreen).not.toHaveProperty('postPromotionAnalysis');
  });

  test('in place goes by a quarter, is judged from its first pod on, and stays so for a while before it counts', () => {
    expect(strategy({ kind: 'rolling' })).toEqual({
      canary: {
        maxSurge: '25%',
        maxUnavailable: 0,
        analysis: {
          templates: [{ templateName: 'release' }],
          args: [
            { name: 'canary', valueFrom: { podTemplateHashValue: 'Latest' } },
            { name: 'stable', valueFrom: { podTemplateHashValue: 'Stable' } },
          ],
        },
        steps: [{ setWeight: 100 }, { pause: { duration: '10m' } }],
      },
    });
  });

  test.each([
    ['rolling', false],
    ['blue-green', false],
    ['linear', true],
    ['canary', true],
  ])('of kind %s moves weights: %s', (kind, moves) => {
    expect(movesWeights({ kind } as Release)).toBe(moves);
  });
});

describe('a release on a site', () => {
  const waiver = { releases: { reason: 'nobody releases to a site that stands by', minutes: 0 } };
  const waiving = { stages: { production: { sites: { recovery: { waives: waiver } } } } };

  test('is the one of the service', () => {
    expect(releaseOn(resolved(retailflowWith({})), 'recovery', 'order')).toMatchObject({ kind: 'canary' });
  });

  test('is plain where the site does without steps, and as it was elsewhere', () => {
    const platform = resolved(retailflowWith(waiving));
    expect(releaseOn(platform, 'recovery', 'order')).toEqual({
      kind: 'rolling',
      rollback: platform.services['order']?.release.rollback,
    });
    expect(releaseOn(platform, 'primary', 'order')).toMatchObject({ kind: 'canary' });
  });

  test('fails when there is no such service', () => {
    expect(() => releaseOn(resolved(retailflowWith({})), 'recovery', 'ordr')).toThrow(
      /^no service ordr in analytics, /,
    );
  });
});
