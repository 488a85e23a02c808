import type { LoadTest } from '../nouns/load-tests';
import type { JourneyStep } from '../nouns/journeys';
import { named } from '../named';
import type { Platform } from '../platform';
import { pauseOf, rampDownMinutes, smoke, usersOf } from './figures';
import { baselineOf } from './measured';
import { program } from './program';

/** Steps that belong together, and how often they are chosen among all. */
interface Walk {
  readonly name: string;
  readonly weight: number;
  readonly steps: readonly Pick<
    JourneyStep,
    'body' | 'contains' | 'method' | 'milliseconds' | 'name' | 'path' | 'status'
  >[];
}

/** The longest that an answer may take at a path that is no step of a journey, in milliseconds: as long as a step says that says nothing. */
const routeMilliseconds = 3000;

/** What users of a test do: journeys, and paths as journeys of one step. */
export const walksOf = ({ journeys }: Pick<Platform, 'journeys'>, test: LoadTest): readonly Walk[] => [
  ...Object.entries(test.journeys).map(([name, weight]) => ({
    name,
    weight,
    steps: named('journeys', journeys, name).steps,
  })),
  ...test.routes.map(({ path, status, weight }) => ({
    name: path,
    weight,
    steps: [{ name: 'get', method: 'GET' as const, path, status, milliseconds: routeMilliseconds }],
  })),
];

/** How a variant of a test runs: its users, its times, and what its good runs say that it must not exceed. */
const variantsOf = (platform: Platform, name: string, test: LoadTest) => {
  const full = {
    users: usersOf(platform, test),
    rampSeconds: test.rampMinutes * 60,
    holdSeconds: test.holdMinutes * 60,
    downSeconds: rampDownMinutes * 60,
  };
  const short = { ...smoke, users: Math.min(smoke.users, full.users), downSeconds: 10 };
  const bounded = <Variant extends { readonly users: number }>(variant: Variant) => {
    const median = baselineOf(platform.measured?.[name] ?? [], variant.users);
    return {
      ...variant,
      ...(median === undefined ? {} : { baselineMilliseconds: median * (1 + test.regressionPercent / 100) }),
    };
  };
  return { full: bounded(full), smoke: bounded(short) };
};

/**
 * A load test as a script of k6, which needs nothing beside itself. The same definition and the same measurements give the same
 * text.
 */
export function loadScript(platform: Platform, name: string): string {
  const test = named('loadTests', platform.loadTests, name);
  const { goals, stage, stageName } = platform;
  const told = {
    name,
    platform: platform.name,
    stage: stageName,
    origin: `https://${stage.domain}`,
    p95Milliseconds: goals.p95Milliseconds,
    errorPercent: goals.errorPercent,
    pauseSeconds: pauseOf(platform, test),
    variants: variantsOf(platform, name, test),
    walks: walksOf(platform, test),
  };
  return [
    "import { check, sleep } from 'k6';",
    "import http from 'k6/http';",
    '',
    `const test = ${JSON.stringify(told, undefined, 2)};`,
    '',
    program,
  ].join('\n');
}
