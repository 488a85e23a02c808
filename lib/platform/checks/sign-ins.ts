import type { Problem } from '../error';
import type { SignIn } from '../nouns/journeys';
import { usersOn, type Platform } from '../platform';
import { routedTo } from '../routed';
import { scopeOf } from '../scopes';
import { when, type Check } from './check';

/** Who signs in for a walk is known by a secret of its own, at a route that lets strangers in; no script of load knows it. */
export const signIns: Check = (platform) => [
  ...Object.entries(platform.journeys).flatMap(([name, { signIn }]) =>
    signIn === undefined ? [] : signInProblems(platform, `journeys.${name}.signIn`, signIn),
  ),
  ...Object.entries(platform.loadTests).flatMap(([test, { journeys }]) =>
    Object.keys(journeys)
      .filter((name) => platform.journeys[name]?.signIn !== undefined)
      .map((name) => ({
        path: `loadTests.${test}.journeys`,
        got: name,
        allowed: 'journeys without signIn: a script of load holds no secret, and one person would be many at once',
        remedy: 'name another journey, or declare one of the steps that need no token',
      })),
  ),
];

/** Whoever else knows a secret, by path. */
const othersWith = (platform: Platform, secret: string): readonly string[] => [
  ...Object.entries(usersOn(platform, 'primary'))
    .filter(([, { uses }]) => uses.secrets?.includes(secret) === true)
    .map(([user]) => (user in platform.services ? `services.${user}` : `functions.${user}`)),
  ...(platform.gateway?.tokens.secret === secret ? ['gateway.tokens'] : []),
];

function signInProblems(platform: Platform, path: string, { path: asked, secret }: SignIn): readonly Problem[] {
  const spec = platform.secrets[secret];
  // A name that is not declared is told of where all references are.
  if (spec === undefined) return [];
  const others = othersWith(platform, secret);
  const scope = scopeOf(platform, 'secrets', secret);
  const route = routedTo(platform, asked.replace(/\?.*$/, ''), 'POST')?.route;
  return [
    ...when(others.length > 0, () => ({
      path: `${path}.secret`,
      got: secret,
      allowed: `a secret that nobody else knows, and ${others.join(', ')} uses this one`,
      remedy: 'declare a secret for a person who is there for walks alone',
    })),
    ...when(scope !== undefined, () => ({
      path: `${path}.secret`,
      got: secret,
      allowed: `outside of every scope, and scopes.${scope ?? ''} has this one`,
      remedy: 'declare a secret outside of the scope: whoever walks is no part of it',
    })),
    ...when(route?.authentication !== 'none', () => ({
      path: `${path}.path`,
      got: asked,
      allowed: "what a route with authentication 'none' takes by POST",
      remedy: 'name the path at which people sign in',
    })),
  ];
}
