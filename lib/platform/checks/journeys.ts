import { isAtOrBelow } from '../bare-path';
import type { Problem } from '../error';
import { readyPath } from '../gateway/ready';
import { journeyVariables } from '../journeys';
import { didYouMean } from '../nearest';
import type { Journey, JourneyStep } from '../nouns/journeys';
import type { Platform } from '../platform';
import { regionNames } from '../regions';
import { routedTo } from '../routed';
import { stagePath, when, type Check } from './check';

/** What Synthetics gives a script in variables, in bytes, less some for the address. */
const mostBytes = 3500;

/** Somebody walks journeys only where there are some, from places that there are, on a platform that is reached by a name. */
export const walks: Check = (platform) => {
  const { journeys: walked, sites } = platform.stage;
  if (walked === undefined) return [];
  const path = (rest: string) => stagePath(platform, rest);
  return [
    ...when(Object.keys(platform.journeys).length === 0, () => ({
      path: path('journeys'),
      got: 'no journeys',
      allowed: 'given where the platform declares journeys',
      remedy: 'declare journeys, or remove it',
    })),
    ...when(platform.edge === undefined, () => ({
      path: path('journeys'),
      got: 'no edge',
      allowed: 'given where the platform has an edge, which answers under the domain',
      remedy: 'declare an edge, or remove it',
    })),
    ...when(sites.primary.cloud !== 'aws', () => ({
      path: path('journeys'),
      got: sites.primary.cloud,
      allowed: 'given where the primary is on aws; nothing walks journeys on azure yet',
      remedy: 'remove it: the health probes of Front Door ask for the ready path from many places',
    })),
    ...walked.from.flatMap((region, index) => [
      ...when(!regionNames('aws').includes(region), () => ({
        path: path('journeys.from'),
        got: region,
        allowed: 'a region of aws',
        remedy: didYouMean(region, regionNames('aws'), 'name another region'),
      })),
      ...when(walked.from.indexOf(region) !== index, () => ({
        path: path('journeys.from'),
        got: region,
        allowed: 'a list in which each region stands once',
        remedy: 'remove the repetition',
      })),
    ]),
    ...Object.entries(platform.journeys).flatMap(([name, { steps: all }]) => {
      const seconds = all.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000;
      return when(seconds >= walked.everyMinutes * 60, () => ({
        path: `journeys.${name}.steps`,
        got: `${seconds} s at most`,
        allowed: `less than ${path('journeys.everyMinutes')}, which is ${walked.everyMinutes * 60} s`,
        remedy: 'allow the steps less time, or divide the journey',
      }));
    }),
  ];
};

/** A step asks for what the platform answers, and expects what a person without a token can get. */
export const steps: Check = (platform) =>
  Object.entries(platform.journeys).flatMap(([name, journey]) => {
    const path = `journeys.${name}`;
    return [
      ...journey.steps.flatMap((step, index) =>
        stepProblems(platform, `${path}.steps.${index}`, step, journey.signIn !== undefined),
      ),
      ...repeated(journey).map((step) => ({
        path: `${path}.steps`,
        got: step,
        allowed: 'steps of different names',
        remedy: 'name each step after what it does',
      })),
      ...sizeProblems(platform, path, journey),
    ];
  });

/** What is wrong with one request: what it sends and expects, and whether anybody takes it, with a token or without. */
export function stepProblems(
  platform: Platform,
  path: string,
  step: JourneyStep,
  signedIn = false,
): readonly Problem[] {
  const { body, contains, method } = step;
  return [
    ...when(body !== undefined && method !== 'POST', () => ({
      path: `${path}.body`,
      got: method,
      allowed: 'given with method POST',
      remedy: "set method: 'POST', or remove the body",
    })),
    ...when(contains !== undefined && method === 'HEAD', () => ({
      path: `${path}.contains`,
      got: method,
      allowed: 'given with GET and POST, since an answer to HEAD holds nothing',
      remedy: "set method: 'GET', or remove it",
    })),
    ...apiProblems(platform, path, step, signedIn),
  ];
}

function apiProblems(platform: Platform, path: string, step: JourneyStep, signedIn: boolean): readonly Problem[] {
  const { edge } = platform;
  const asked = step.path.replace(/\?.*$/, '');
  if (edge === undefined || !isAtOrBelow(asked, edge.apiPath) || asked === readyPath(edge)) return [];
  const route = routedTo(platform, asked, step.method)?.route;
  if (route === undefined) {
    return [
      {
        path: `${path}.path`,
        got: `${step.method} ${asked}`,
        allowed: 'what a route of a service takes, below edge.apiPath',
        remedy: 'name a path of a route, or one outside the API',
      },
    ];
  }
  return when(route.authentication === 'token' && !signedIn && step.status !== 401, () => ({
    path: `${path}.status`,
    got: step.status,
    allowed: `401 for ${asked}, whose route wants a token: whoever walks has none`,
    remedy:
      'expect 401, which proves that the gateway asks for tokens, name a route that is open, or let the journey sign in',
  }));
}

const repeated = ({ steps: all }: Journey): readonly string[] =>
  all.map(({ name }) => name).filter((name, index, names) => names.indexOf(name) !== index);

function sizeProblems(platform: Platform, path: string, journey: Journey): readonly Problem[] {
  const { SIGN_IN = '', STEPS } = journeyVariables(platform, journey);
  const bytes = Buffer.byteLength(STEPS) + Buffer.byteLength(SIGN_IN);
  return when(bytes > mostBytes, () => ({
    path: `${path}.steps`,
    got: `${bytes} bytes`,
    allowed: `at most ${mostBytes} bytes on aws, which gives a script 4 KiB of variables`,
    remedy: 'divide the journey',
  }));
}
