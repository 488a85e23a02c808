import { testFaults, testVariations } from '../../support/faults';
import { problemsOf } from '../../support/platform';
import { techflowWith } from '../../support/techflow';

const description = 'Everybody comes at once';
const journeys = { look: { description: 'Looks at the shop', steps: [{ name: 'start', path: '/' }] } };
const peak = { description, journeys: { look: 1 }, pauseSeconds: 10 };
const staging = (loadTests: object, rest: object = {}) => ({ stages: { staging: { loadTests, ...rest } } });
const declared = (test: object = {}) => ({ journeys, loadTests: { peak: { ...peak, ...test } } });
const small = { overrides: { goals: { concurrentUsers: 1000 } } };

describe('load tests', () => {
  testFaults([
    {
      when: 'a stage runs them and there are none',
      patch: { ...staging({}), loadTests: null },
      stage: 'staging',
      answers: [
        {
          path: 'stages.staging.loadTests',
          got: 'no load tests',
          allowed: 'where the platform declares loadTests',
          remedy: 'declare loadTests',
        },
      ],
    },
    {
      when: 'production runs them and does not say why',
      patch: { ...declared(), stages: { production: { loadTests: {} } } },
      answers: [
        {
          path: 'stages.production.loadTests',
          got: 'production',
          allowed: 'in another stage',
          remedy: 'run load tests in staging',
        },
      ],
    },
    {
      when: 'they run once a month, by a clock that is none',
      patch: { ...declared(), ...staging({ schedule: '0 3 1 * *', timeZone: 'Mars' }, small) },
      stage: 'staging',
      answers: [
        {
          path: 'stages.staging.loadTests.schedule',
          got: '0 3 1 * *',
          allowed: 'once a week at least',
          remedy: '0 3 * * 6',
        },
        { path: 'stages.staging.loadTests.timeZone', got: 'Mars', allowed: 'IANA', remedy: 'correct it' },
      ],
    },
    {
      when: 'nobody says how long a user waits',
      patch: { ...declared({ pauseSeconds: null }), goals: { requestsPerUser: null } },
      answers: [
        {
          path: 'loadTests.peak.pauseSeconds',
          got: undefined,
          allowed: 'where goals.requestsPerUser is not',
          remedy: 'write one of them',
        },
      ],
    },
    {
      when: 'its users ask for less than is promised',
      patch: { ...declared({ pauseSeconds: 21 }), ...staging({}, small) },
      stage: 'staging',
      answers: [
        {
          path: 'loadTests.peak.pauseSeconds',
          got: 21,
          allowed: 'at most what goals.requestsPerUser leaves: 3 requests a minute are promised',
          remedy: 'shorten it, or remove it',
        },
      ],
    },
    {
      when: 'there are more users than programs can make',
      patch: { ...declared({ times: 81 }), ...staging({}, small) },
      stage: 'staging',
      answers: [
        {
          path: 'loadTests.peak.times',
          got: '81, which is 81000 users',
          allowed: 'at most 80000 users',
          remedy: 'lower it',
        },
      ],
    },
    {
      when: 'a test walks what there is not, and asks for what nobody answers',
      patch: declared({ journeys: { lock: 1 }, routes: [{ path: '/api/nothing', weight: 1 }] }),
      answers: [
        { path: 'loadTests.peak.journeys.lock', got: 'lock', allowed: 'one of look', remedy: 'did you mean look' },
        {
          path: 'loadTests.peak.routes.0.path',
          got: 'GET /api/nothing',
          allowed: 'what a route of a service takes',
          remedy: 'name a path of a route',
        },
      ],
    },
    {
      when: 'a pipeline would be refused by the firewall',
      patch: declared({ pauseSeconds: 1 }),
      answers: [
        {
          path: 'loadTests.peak.pauseSeconds',
          got: 1,
          allowed: 'they make 6000 requests in five minutes',
          remedy: 'raise requestsPerAddress',
        },
      ],
    },
    {
      when: 'a test does nothing',
      patch: { journeys, loadTests: { peak: { description, pauseSeconds: 10 } } },
      answers: [
        {
          path: 'loadTests.peak',
          got: 'no journeys and no routes',
          allowed: 'something that users do',
          remedy: 'name journeys',
        },
      ],
    },
  ]);

  testVariations([
    { accepts: 'a test every Saturday', patch: { ...declared(), ...staging({}, small) }, stage: 'staging' },
    {
      accepts: 'a test in production with a reason',
      patch: {
        ...declared({ times: 0.1 }),
        stages: {
          production: { loadTests: { inProduction: { reason: 'Customers come by day, and none is there yet' } } },
        },
      },
    },
  ]);
});

test('a stage on azure may run load tests by a schedule', () => {
  expect(problemsOf(techflowWith({ stages: { staging: { loadTests: {} } } }), 'staging')).toEqual([]);
});
