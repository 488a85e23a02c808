import { Duration } from 'aws-cdk-lib';
import { movesTraffic, releaseSettings } from '../../lib/aws/release-settings';
import { release } from '../../lib/platform/nouns/release';

const minutes = (count: number) => Duration.minutes(count);

describe('releaseSettings', () => {
  test.each([
    [{ kind: 'rolling' }, { deploymentStrategy: 'ROLLING' }],
    [
      { kind: 'blue-green', bakeMinutes: 0 },
      { deploymentStrategy: 'BLUE_GREEN', bakeTime: minutes(0) },
    ],
    [{ kind: 'blue-green' }, { deploymentStrategy: 'BLUE_GREEN', bakeTime: minutes(15) }],
    [
      { kind: 'linear', stepPercent: 20, stepMinutes: 6, bakeMinutes: 30 },
      {
        deploymentStrategy: 'LINEAR',
        bakeTime: minutes(30),
        linearConfiguration: { stepPercent: 20, stepBakeTime: minutes(6) },
      },
    ],
    [
      { kind: 'canary', steps: [{ percent: 5, minutes: 720 }], bakeMinutes: 60 },
      {
        deploymentStrategy: 'CANARY',
        bakeTime: minutes(60),
        canaryConfiguration: { stepPercent: 5, stepBakeTime: minutes(720) },
      },
    ],
    [
      {
        kind: 'canary',
        steps: [
          { percent: 10, minutes: 30 },
          { percent: 50, minutes: 60 },
        ],
        acceptTwoPhases: { reason: 'two phases are enough here' },
      },
      {
        deploymentStrategy: 'CANARY',
        bakeTime: minutes(15),
        canaryConfiguration: { stepPercent: 10, stepBakeTime: minutes(30) },
      },
    ],
  ])('%j', (input, settings) => {
    expect(releaseSettings(release.parse(input))).toEqual(settings);
  });

  test('fails when a canary has no step', () => {
    const canary = release.parse({ kind: 'canary', steps: [{ percent: 5, minutes: 1 }] });
    expect(() => releaseSettings({ ...canary, kind: 'canary', steps: [], bakeMinutes: 0 })).toThrow(
      'a canary must have at least one step, got none',
    );
  });
});

describe('movesTraffic', () => {
  test.each([
    [{ kind: 'rolling' }, false],
    [{ kind: 'blue-green' }, true],
    [{ kind: 'linear', stepPercent: 50, stepMinutes: 1 }, true],
    [{ kind: 'canary', steps: [{ percent: 5, minutes: 1 }] }, true],
  ])('%j: %s', (input, moves) => {
    expect(movesTraffic(release.parse(input))).toBe(moves);
  });
});
