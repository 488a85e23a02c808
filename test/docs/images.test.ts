import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { livenessCheck } from '../../lib/aws/service-settings';
import { contractOf } from '../../lib/platform/contract';
import { service } from '../../lib/platform/nouns/service';
import { processUser } from '../../lib/platform/process';
import { resolved, retailflowWith } from '../support/platform';

const guide = readFileSync(resolve(__dirname, '../../docs/guides/images.md'), 'utf8');

/** The variables that the guide names, as patterns: `<NAME>` and `<FIELD>` are words of a definition. */
const documented = [...guide.matchAll(/`([A-Z][A-Z_]*(?:_?<[A-Z]+>_?[A-Z_]*)*)`/g)].map(
  ([, name = '']) => new RegExp(`^${name.replaceAll(/<[A-Z]+>/g, '[A-Z0-9_]+')}$`),
);

describe('the guide to images', () => {
  const platform = resolved(retailflowWith({}));
  const variables = Object.keys(platform.services).flatMap((name) =>
    contractOf(
      {
        platform,
        site: 'primary',
        authentications: { databases: 'iam', caches: 'iam', searches: 'iam', messages: 'iam' },
      },
      name,
    ).map(({ variable }) => variable),
  );

  test('names every variable that a service of RetailFlow receives', () => {
    expect(variables.length).toBeGreaterThan(50);
    expect(variables.filter((variable) => !documented.some((pattern) => pattern.test(variable)))).toEqual([]);
  });

  test('names the user that processes run as', () => {
    expect(guide).toContain(`--user ${processUser}:${processUser}`);
  });

  test('names the command that asks whether a process lives', () => {
    const { command } = livenessCheck(service.parse({ scale: { min: 1, max: 1 }, health: { livePath: '/path' } }));
    const asked = command.slice(1).join(' ').replace(':8080/path', ':$PORT<livePath>');
    expect(guide).toContain(`\`${asked}\``);
  });
});
