import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadPlatform, platformNames } from '../../bin/inputs';
import { livenessCheck } from '../../lib/aws/service-settings';
import { contractOf, functionContractOf } from '../../lib/platform/contract';
import { service } from '../../lib/platform/nouns/service';
import { sitesOf } from '../../lib/platform/platform';
import { processUser } from '../../lib/platform/process';

const guide = readFileSync(resolve(__dirname, '../../docs/guides/images.md'), 'utf8');

/** The variables that the guide names, as patterns: `<NAME>` and `<FIELD>` are words of a definition. */
const documented = [...guide.matchAll(/`([A-Z][A-Z_]*(?:_?<[A-Z]+>_?[A-Z_]*)*)`/g)].map(
  ([, name = '']) => new RegExp(`^${name.replaceAll(/<[A-Z]+>/g, '[A-Z0-9_]+')}$`),
);

/** Every variable that the services and functions of a platform receive in production, those of their own settings apart. */
function variablesOf(name: string): readonly string[] {
  const { platform } = loadPlatform(name, 'production');
  const { functions, services } = platform;
  return sitesOf(platform).flatMap(({ cloud, siteName: site }) => {
    const by = cloud === 'aws' ? ('iam' as const) : ('entra' as const);
    const scope = { platform, site, authentications: { databases: by, caches: by, searches: by, messages: by } };
    return [
      ...Object.entries(services).flatMap(([service, { environment }]) =>
        contractOf(scope, service).filter(({ variable }) => !Object.hasOwn(environment, variable)),
      ),
      ...Object.keys(functions).flatMap((each) => functionContractOf(scope, each)),
    ].map(({ variable }) => variable);
  });
}

describe('the guide to images', () => {
  test.each(platformNames())('names every variable that a service or function of %s receives', (name) => {
    const variables = variablesOf(name);
    expect(variables).toContain('SERVICE_NAME');
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
