import { flagSet } from '../../../lib/platform/nouns/flags';
import { testFaults, testVariations } from '../../support/faults';
import { problemsOf, production } from '../../support/platform';
import { techflowWith } from '../../support/techflow';

const features = { flags: { 'new-cart': { description: 'Shows the new cart', percent: 5 } } };
const used = { flags: { features }, services: { order: { uses: { flags: ['features'] } } } };
const waived = { reason: 'services fall back to what their code says without flags', minutes: 0 };
const waives = production({ sites: { recovery: { waives: { flags: waived } } } }) as object;

test.each([
  ['nothing in it', {}],
  ['a share above all', { flags: { cart: { description: 'Shows the new cart', percent: 101 } } }],
  [
    'a segment with a space',
    { flags: { cart: { description: 'Shows the new cart', segments: [{ attribute: 'plan', values: ['a b'] }] } } },
  ],
])('a set with %s is refused', (_what, set) => {
  expect(flagSet.safeParse({ flags: {}, ...set }).success).toBe(false);
});

describe('flags', () => {
  testFaults([
    {
      when: 'nobody asks for a set',
      patch: { flags: { features }, ...waives },
      answers: [
        {
          path: 'flags.features',
          got: 'used by nobody',
          allowed: 'named by uses.flags',
          remedy: 'add features to uses.flags',
        },
      ],
    },
    {
      when: 'more services turn a set back than are watched',
      patch: {
        services: Object.fromEntries(
          ['analytics', 'catalog', 'notification', 'order', 'payment', 'user'].map((name) => [
            name,
            {
              uses: { flags: ['storefront'] },
              ...(name === 'notification' ? { routes: [{ path: '/api/mail' }] } : {}),
            },
          ]),
        ),
        ...waives,
      },
      answers: [
        {
          path: 'flags.storefront',
          got: ['analytics', 'catalog', 'notification', 'order', 'payment', 'user'],
          allowed: 'used by at most 5 services with routes on aws, whose errors turn it back',
          remedy: 'divide the set by who uses what',
        },
      ],
    },
    {
      when: 'more pods ask a store on Azure than it answers',
      patch: {
        services: { banner: { scale: { min: 1, max: 200, cpuPercent: 60 }, uses: { flags: ['storefront'] } } },
      },
      answers: [
        {
          path: 'flags.storefront',
          got: '540 pods at most, while their services are released',
          allowed: 'at most 500 pods that ask once a minute on azure',
          remedy: 'divide the set by who uses what',
        },
      ],
    },
    {
      when: 'a service asks for a set that there is not',
      patch: { ...waives, flags: { features }, services: { order: { uses: { flags: ['features', 'feature'] } } } },
      answers: [{ path: 'services.order.uses.flags', got: 'feature', allowed: 'one of features', remedy: 'features' }],
    },
  ]);
  testVariations([
    { accepts: 'flags on AWS alone', patch: { ...used, ...waives } },
    { accepts: 'flags on a recovery site on Azure, which changes them in the same steps', patch: used },
  ]);

  test('are changed in steps on a primary on Azure, and watched for as long as on AWS', () => {
    const rollout = { minutes: 10, stepPercent: 20, bakeMinutes: 10 };
    expect(problemsOf(techflowWith({ flags: { features: { rollout } } }))).toEqual([]);
  });
});
