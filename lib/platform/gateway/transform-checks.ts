import { bare } from '../bare-path';
import { when } from '../checks/check';
import type { Problem } from '../error';
import type { Route } from '../nouns/service';
import { correlationHeader } from './correlation';
import { releaseHeader } from './release-header';
import { traceHeaders } from './traces';
import { kongsOwnHeaders } from './transform';
import { userIdHeader } from './user-id';

/** Headers on which the platform itself relies: who asks, on whose behalf, by what way, which version answers. No client and no route says so. */
const ownHeaders = new Set(
  [
    ...kongsOwnHeaders,
    ...traceHeaders,
    userIdHeader,
    correlationHeader,
    releaseHeader,
    'Host',
    'Connection',
    'Upgrade',
    'Content-Length',
    'Transfer-Encoding',
    'X-Forwarded-For',
    'X-Forwarded-Host',
    'X-Forwarded-Port',
    'X-Forwarded-Proto',
    'X-Real-IP',
  ].map((name) => name.toLowerCase()),
);

interface Named {
  readonly path: string;
  readonly name: string;
}

const named = (path: string, names: readonly string[]): readonly Named[] => names.map((name) => ({ path, name }));

/** What a route changes twice, or may not change, or does not change at all. */
export function transformProblems(at: string, { addHeaders, path, transform }: Route): readonly Problem[] {
  const { addQuery, removeHeaders, removeQuery, renameHeaders, renameQuery } = transform;
  const to = (word: string): string => `${at}.transform.${word}`;
  const taken = [
    ...named(to('removeHeaders'), removeHeaders),
    ...named(to('renameHeaders'), Object.keys(renameHeaders)),
  ];
  const given = [
    ...named(`${at}.addHeaders`, Object.keys(addHeaders)),
    ...named(to('renameHeaders'), Object.values(renameHeaders)),
  ];
  const takenFields = [...named(to('removeQuery'), removeQuery), ...named(to('renameQuery'), Object.keys(renameQuery))];
  const givenFields = [
    ...named(to('addQuery'), Object.keys(addQuery)),
    ...named(to('renameQuery'), Object.values(renameQuery)),
  ];
  return [
    ...[...taken, ...given]
      .filter(({ name }) => ownHeaders.has(name.toLowerCase()))
      .map((each) => ({
        path: each.path,
        got: each.name,
        allowed: 'a header that the platform does not set itself',
        remedy: 'name another header',
      })),
    ...repeated([...taken, ...given], (name) => name.toLowerCase()),
    ...repeated([...takenFields, ...givenFields], (name) => name),
    ...Object.entries(addQuery)
      .filter(([, value]) => value === '' || value.includes('$('))
      .map(([name, value]) => ({
        path: `${to('addQuery')}.${name}`,
        got: value,
        allowed: 'a value that is not empty and without "$(", which Kong would run as code',
        remedy: 'write the value itself, or take the field out',
      })),
    ...when(transform.path !== undefined && transform.path === bare(path), () => ({
      path: to('path'),
      got: transform.path,
      allowed: 'another path than that of the route',
      remedy: 'remove it',
    })),
  ];
}

function repeated(all: readonly Named[], key: (name: string) => string): readonly Problem[] {
  return all
    .filter(({ name }, index) => all.findIndex((other) => key(other.name) === key(name)) !== index)
    .map(({ name, path }) => ({
      path,
      got: name,
      allowed: 'a name that the route changes once',
      remedy: 'decide whether it is taken away, named otherwise or added',
    }));
}
