import { hasResting, rests } from '../../lib/kubernetes/resting';
import { resolved, retailflowWith } from '../support/platform';
import { techflowWith } from '../support/techflow';
import { twoAzureSites } from '../support/two-azure-sites';

const two = resolved(twoAzureSites());

describe('services of two sites on Azure', () => {
  test.each(Object.entries(two.services))('%s rests on the second one if it receives messages', (_, spec) => {
    const receives = spec.uses.receives.length > 0;
    expect(rests({ platform: two, siteName: 'recovery' }, spec)).toBe(receives);
    expect(rests({ platform: two, siteName: 'primary' }, spec)).toBe(false);
  });

  test('are woken by whoever moves the platform, which nobody takes back', () => expect(hasResting(two)).toBe(true));

  test('are some that rest and some that do not', () => {
    const resting = Object.entries(two.services).filter(([, spec]) =>
      rests({ platform: two, siteName: 'recovery' }, spec),
    );
    expect(resting.map(([name]) => name)).toEqual(['analytics', 'integration', 'notification', 'workflow']);
  });
});

test.each([
  ['one site on Azure', resolved(techflowWith({}), 'development'), 'primary'],
  ['a site on Azure beside one on AWS', resolved(retailflowWith({})), 'recovery'],
] as const)('nothing rests on %s', (_, platform, siteName) => {
  expect(hasResting(platform)).toBe(false);
  expect(Object.values(platform.services).filter((spec) => rests({ platform, siteName }, spec))).toEqual([]);
});
