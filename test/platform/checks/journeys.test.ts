import { journey, walks } from '../../../lib/platform/nouns/journeys';
import techflowSolutions from '../../../platforms/techflow-solutions';
import type { Definition } from '../../../lib/platform/definition';
import { applyPatch } from '../../../lib/platform/patch';
import { testFaults, testVariations } from '../../support/faults';
import { problemsOf, production } from '../../support/platform';
import { techflowWith } from '../../support/techflow';

const description = 'Buys the cheapest thing';
const steps = [{ name: 'start', path: '/' }];
const buy = (all: readonly object[]) => ({ journeys: { buy: { description, steps: all } } });
const from = ['ap-southeast-1', 'ap-northeast-1'];
const walked = production({ journeys: { from } }) as object;

test.each<readonly [string, object]>([
  ['no steps', { steps: [] }],
  ['a path without a slash', { steps: [{ name: 'start', path: 'start' }] }],
  ['a status that there is not', { steps: [{ name: 'start', path: '/', status: 99 }] }],
  ['an answer that nobody waits for', { steps: [{ name: 'start', path: '/', milliseconds: 30_001 }] }],
  ['more than is said', { steps, from }],
])('a journey with %s is refused', (_what, rest) => {
  expect(journey.safeParse({ description, steps, ...rest }).success).toBe(false);
});

test('a journey is walked from two places at least, every five minutes', () => {
  expect(walks.safeParse({ from: ['eu-west-1'] }).success).toBe(false);
  expect(walks.parse({ from })).toEqual({ from, everyMinutes: 5, keepDays: 31 });
});

describe('walks', () => {
  testFaults([
    {
      when: 'there is nothing to walk',
      patch: walked,
      answers: [
        {
          path: 'stages.production.journeys',
          got: 'no journeys',
          allowed: 'where the platform declares journeys',
          remedy: 'declare journeys',
        },
      ],
    },
    {
      when: 'a place is named twice, and another is none',
      patch: { ...buy(steps), ...(production({ journeys: { from: [...from, from[0], 'ap-southeast-9'] } }) as object) },
      answers: [
        {
          path: 'stages.production.journeys.from',
          got: 'ap-southeast-1',
          allowed: 'each region stands once',
          remedy: 'remove the repetition',
        },
        {
          path: 'stages.production.journeys.from',
          got: 'ap-southeast-9',
          allowed: 'a region of aws',
          remedy: 'did you mean ap-southeast-',
        },
      ],
    },
    {
      when: 'a walk may take longer than the time to the next',
      patch: {
        ...buy([
          { name: 'start', path: '/', milliseconds: 30_000 },
          { name: 'again', path: '/', milliseconds: 30_000 },
        ]),
        ...(production({ journeys: { from, everyMinutes: 1 } }) as object),
      },
      answers: [
        {
          path: 'journeys.buy.steps',
          got: '60 s at most',
          allowed: 'less than stages.production.journeys.everyMinutes, which is 60 s',
          remedy: 'allow the steps less time',
        },
      ],
    },
  ]);
  testVariations([
    { accepts: 'journeys that nobody walks', patch: buy(steps) },
    { accepts: 'journeys walked from two places', patch: { ...buy(steps), ...walked } },
  ]);

  test('are refused where the primary is on Azure, which does not walk them', () => {
    const patch = { ...buy(steps), stages: { production: { journeys: { from: ['eu-west-1', 'eu-north-1'] } } } };
    expect(problemsOf(techflowWith(patch))).toContainEqual(
      expect.objectContaining({
        path: 'stages.production.journeys',
        got: 'azure',
        remedy: expect.stringContaining('Front Door'),
      }),
    );
  });

  test('are where data may lie', () => {
    const patch = production({ journeys: { from: ['eu-west-1', 'us-east-1'] } });
    expect(problemsOf(applyPatch(techflowSolutions, patch) as Definition)).toMatchObject([
      { path: 'stages.production.journeys.from', got: 'us-east-1' },
    ]);
  });
});

describe('steps', () => {
  testFaults([
    {
      when: 'a step sends a body with GET, and another looks into an answer to HEAD',
      patch: buy([
        { name: 'start', path: '/', body: { a: 'b' } },
        { name: 'look', path: '/', method: 'HEAD', contains: 'shop' },
      ]),
      answers: [
        { path: 'journeys.buy.steps.0.body', got: 'GET', allowed: 'with method POST', remedy: "set method: 'POST'" },
        { path: 'journeys.buy.steps.1.contains', got: 'HEAD', allowed: 'GET and POST', remedy: "set method: 'GET'" },
      ],
    },
    {
      when: 'two steps have one name',
      patch: buy([...steps, ...steps]),
      answers: [{ path: 'journeys.buy.steps', got: 'start', allowed: 'of different names', remedy: 'name each step' }],
    },
    {
      when: 'a step asks the API for what no service takes',
      patch: buy([{ name: 'lost', path: '/api/nowhere?page=1' }]),
      answers: [
        {
          path: 'journeys.buy.steps.0.path',
          got: 'GET /api/nowhere',
          allowed: 'what a route of a service takes',
          remedy: 'name a path of a route',
        },
      ],
    },
    {
      when: 'a step without a token expects to be let in',
      patch: buy([{ name: 'profile', path: '/api/users/me' }]),
      answers: [
        {
          path: 'journeys.buy.steps.0.status',
          got: 200,
          allowed: '401 for /api/users/me, whose route wants a token',
          remedy: 'expect 401',
        },
      ],
    },
    {
      when: 'a journey has more to say than its program is told',
      patch: buy(
        Array.from({ length: 10 }, (_each, index) => ({
          name: `step-${index}`,
          path: `/${'a'.repeat(200)}`,
          contains: 'b'.repeat(200),
        })),
      ),
      answers: [
        {
          path: 'journeys.buy.steps',
          got: expect.stringMatching(/^\d{4} bytes$/),
          allowed: 'at most 3500 bytes on aws',
          remedy: 'divide the journey',
        },
      ],
    },
  ]);
  testVariations([
    { accepts: 'the ready path of the gateway', patch: buy([{ name: 'ready', path: '/api/.well-known/ready' }]) },
    { accepts: 'being refused without a token', patch: buy([{ name: 'me', path: '/api/users/me', status: 401 }]) },
  ]);
});

describe('signing in for a walk', () => {
  const person = { description: 'Who is there for walks alone', fields: ['email', 'password'], rotateDays: 90 };
  const enter = (signIn: object, rest: object = {}, spec: object = person) => ({
    secrets: { person: spec },
    journeys: {
      enter: {
        description,
        signIn: { secret: 'person', path: '/api/sessions', ...signIn },
        steps: [{ name: 'orders', path: '/api/orders' }],
      },
    },
    ...rest,
  });

  testVariations([{ accepts: 'steps that want a token after a sign-in with a secret of its own', patch: enter({}) }]);

  testFaults([
    {
      when: 'a step wants a token and nobody signed in',
      patch: buy([{ name: 'orders', path: '/api/orders' }]),
      answers: [
        {
          path: 'journeys.buy.steps.0.status',
          got: 200,
          allowed: '401 for /api/orders',
          remedy: 'let the journey sign in',
        },
      ],
    },
    {
      when: 'the secret is not declared',
      patch: enter({ secret: 'persn' }),
      answers: [
        { path: 'journeys.enter.signIn.secret', got: 'persn', allowed: 'one of', remedy: 'declare secrets.persn' },
      ],
    },
    {
      when: 'a service knows the secret',
      patch: enter({}, { services: { order: { uses: { secrets: ['person'] } } } }),
      answers: [
        {
          path: 'journeys.enter.signIn.secret',
          got: 'person',
          allowed: 'a secret that nobody else knows, and services.order uses this one',
          remedy: 'declare a secret for a person',
        },
      ],
    },
    {
      when: 'people cannot sign in where the journey does',
      patch: enter({ path: '/api/orders' }),
      answers: [
        {
          path: 'journeys.enter.signIn.path',
          got: '/api/orders',
          allowed: "a route with authentication 'none' takes by POST",
          remedy: 'name the path at which people sign in',
        },
      ],
    },
    {
      when: 'a load test walks the journey',
      patch: enter(
        {},
        {
          loadTests: { many: { description: 'Everybody signs in at once', journeys: { enter: 1 }, pauseSeconds: 10 } },
        },
      ),
      answers: [
        {
          path: 'loadTests.many.journeys',
          got: 'enter',
          allowed: 'journeys without signIn',
          remedy: 'name another journey',
        },
      ],
    },
  ]);

  test.each<readonly [string, object]>([
    ['no secret', { path: '/api/sessions' }],
    ['a token that is no field', { secret: 'person', path: '/api/sessions', token: 'a b' }],
    ['a password in its place', { secret: 'person', path: '/api/sessions', password: 'secret' }],
  ])('with %s is refused', (_what, signIn) => {
    expect(journey.safeParse({ description, steps, signIn }).success).toBe(false);
  });
});
