import { ending, hasTraffic, longestEndingSeconds } from '../../lib/platform/ending';
import { service as schema } from '../../lib/platform/nouns/service';
import { resolved, retailflowWith } from '../support/platform';

const service = (patch: object) => schema.parse({ scale: { min: 1, max: 1 }, ...patch });

describe('the end of a pod', () => {
  const spec = { drainSeconds: 30, timeoutSeconds: 20 };

  test.each([
    ['with traffic waits for requests under way', true, { waitSeconds: 25, graceSeconds: 65 }],
    ['without traffic waits for nobody', false, { waitSeconds: 5, graceSeconds: 45 }],
  ])('%s', (_, traffic, expected) => {
    expect(ending(spec, traffic)).toEqual(expected);
  });

  test.each([
    ['order', true],
    ['user', true],
    ['notification', false],
  ])('of %s has traffic to wait for: %s', (service, expected) => {
    expect(hasTraffic(resolved(retailflowWith({})), service)).toBe(expected);
  });
});

describe('the longest end of all pods', () => {
  test('is that of the service whose requests take longest', () => {
    expect(longestEndingSeconds(resolved(retailflowWith({})))).toBe(165);
    const services = {
      reports: service({ timeoutSeconds: 900, drainSeconds: 120 }),
      clerk: service({ uses: { calls: ['reports'] } }),
    };
    expect(longestEndingSeconds({ services })).toBe(1035);
  });

  test('is none without services', () => {
    expect(longestEndingSeconds({ services: {} })).toBe(0);
  });
});
