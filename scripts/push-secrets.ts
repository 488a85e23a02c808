import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadPlatform } from '../bin/inputs';
import { messageOf } from '../bin/message';
import { targetOptions } from '../bin/target-options';
import { sitesOf, type Platform } from '../lib/platform/platform';
import {
  fieldsOf,
  keyPairFields,
  parseSecretValues,
  pushedVersion,
  sitesOfSecret,
  versionsDiffer,
  type SecretValues,
} from '../lib/platform/secret-values';
import { secretStore, type SecretStore } from './secret-stores';

const USAGE = `usage: npm run push:secrets -- push SECRET|keys|carry|compare [--platform NAME] [--stage NAME] [--site NAME] [--from FILE] [--again]

Writes what comes from outside into the stores of a stage: the same values on every site, at once. Needs the command lines of its clouds,
and a login to each. No value is printed, or an argument of a command, or kept.

  push SECRET       writes the fields that it reads as JSON: {"apiKey": "…"}
  keys              makes a key pair that nobody sees, by which tokens are signed and verified, and writes both halves, and what
                    of the public one API Management verifies by, where that is the gateway
  carry             writes what was pushed to AWS on the other site too, where that stands since and has it not
  compare           says whether every site has the value of each field that was pushed last, and fails if not

  --platform NAME   default: retailflow
  --stage NAME      default: production
  --site NAME       primary or recovery: writes there alone, where the other one does not stand yet, or each has a value of its
                    own (replicated: false)
  --from FILE       what is read by push (default: standard input)
  --again           keys makes another pair where there is one: tokens that were signed by the old one will be refused
`;

/** Of a key of RSA; good beyond 2030 (NIST SP 800-57, part 1, table 2). */
const keyBits = 3072;

const attempt = (act: () => string | undefined): readonly string[] => {
  try {
    const said = act();
    return said === undefined ? [] : [said];
  } catch (error) {
    return [String(messageOf(error))];
  }
};

/** What is wrong with fields of secrets, by what the stores tell. */
const differences = (stores: readonly SecretStore[], secret: string, fields: readonly string[]): readonly string[] =>
  fields.flatMap((field) =>
    attempt(() =>
      versionsDiffer(Object.fromEntries(stores.map((store) => [store.name, store.version({ secret, field })]))),
    ).map((said) => `${secret}.${field}: ${said}`),
  );

/** The stores in which a value of a secret is written. */
const storesOf = (platform: Platform, secret: string, site: string | undefined): readonly SecretStore[] =>
  sitesOfSecret(platform, secret, site).map((each) => secretStore(platform, each));

function write(stores: readonly SecretStore[], secret: string, values: SecretValues): void {
  const fields = Object.keys(values);
  const problems = Object.entries(values).flatMap(([field, value]) => {
    // A store keeps a value under an id once: each push has its own.
    const version = pushedVersion(randomUUID());
    return stores.flatMap((store) =>
      attempt(() => {
        store.write({ secret, field }, value, version);
        return undefined;
      }).map((said) => `${secret}.${field} was not written on ${store.name}: ${said}`),
    );
  });
  const wrong = [...problems, ...(problems.length > 0 ? [] : differences(stores, secret, fields))];
  if (wrong.length > 0) throw new Error(['push again what differs:', ...wrong].join('\n  '));
  const names = stores.map(({ name }) => name).join(' and ');
  process.stdout.write(`${secret}: ${fields.join(' and ')} written on ${names}, as one version each\n`);
}

/** Writes a key pair that nobody has seen. */
function writeKeys(platform: Platform, site: string | undefined, again: boolean): void {
  const { modulus, privateKey, publicKey, secret } = keyPairFields(platform);
  const stores = storesOf(platform, secret, site);
  const fields = [publicKey, privateKey, ...(modulus === undefined ? [] : [modulus])];
  const written = stores.flatMap((store) => fields.map((field) => store.version({ secret, field })));
  if (!again && written.every((version) => typeof version === 'object')) {
    throw new Error(
      `${secret} has a key pair: --again makes another, and refuses every token that was signed by this one`,
    );
  }
  const pair = generateKeyPairSync('rsa', { modulusLength: keyBits });
  const values = {
    [publicKey]: pair.publicKey.export({ type: 'spki', format: 'pem' }),
    [privateKey]: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ...(modulus === undefined ? {} : { [modulus]: pair.publicKey.export({ format: 'jwk' }).n }),
  };
  write(stores, secret, parseSecretValues(platform, secret, values));
}

/** Writes what was pushed where it can be read to every other store of the stage that has it not, as the version that it is. */
function carry(platform: Platform): void {
  const stores = sitesOf(platform).map((site) => secretStore(platform, site));
  const source = stores.find(({ read }) => read !== undefined);
  const others = stores.filter((store) => store !== source);
  if (source?.read === undefined || others.length === 0) {
    throw new Error(
      `stage ${platform.stageName} must have a site on aws, where values can be read, and another, got no such pair`,
    );
  }
  const { read } = source;
  const fields = Object.entries(platform.secrets).flatMap(([secret, spec]) =>
    spec.replicated ? spec.fields.map((field) => ({ secret, field })) : [],
  );
  const wrong = fields.flatMap((field) =>
    attempt(() => {
      const version = source.version(field);
      if (typeof version !== 'object') return `${source.name} has no value that was pushed: push it`;
      for (const other of others) {
        const there = other.version(field);
        if (typeof there === 'object' && there.id === version.id) continue;
        other.write(field, read(field, version.id), version.id);
        process.stdout.write(`${field.secret}.${field.field}: carried to ${other.name}\n`);
      }
      return undefined;
    }).map((said) => `${field.secret}.${field.field}: ${said}`),
  );
  if (wrong.length > 0) throw new Error(['not everything was carried:', ...wrong].join('\n  '));
}

function compare(platform: Platform): void {
  const stores = sitesOf(platform).map((site) => secretStore(platform, site));
  const wrong = Object.entries(platform.secrets).flatMap(([secret, { fields, replicated }]) =>
    (replicated ? [stores] : stores.map((store) => [store])).flatMap((group) => differences(group, secret, fields)),
  );
  if (wrong.length > 0) throw new Error(['the sites differ:', ...wrong].join('\n  '));
  const count = Object.keys(platform.secrets).flatMap((secret) => fieldsOf(platform, secret)).length;
  process.stdout.write(`${count} fields, each with a value on ${stores.map(({ name }) => name).join(' and ')}\n`);
}

/** What was read, which no error may show. */
function readValues(file: string | undefined): unknown {
  const text = readFileSync(file ?? 0, 'utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error('push must read JSON, {"<field>": "<value>"}, got something else');
  }
}

function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      ...targetOptions,
      site: { type: 'string' },
      from: { type: 'string' },
      again: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const { platform } = loadPlatform(values.platform, values.stage);
  const [action = 'nothing', secret = '', ...rest] = positionals;
  if (action === 'push' && rest.length === 0) {
    fieldsOf(platform, secret);
    const written = parseSecretValues(platform, secret, readValues(values.from));
    write(storesOf(platform, secret, values.site), secret, written);
  } else if (action === 'keys' && secret === '') {
    writeKeys(platform, values.site, values.again);
  } else if (action === 'carry' && secret === '') {
    carry(platform);
  } else if (action === 'compare' && secret === '') {
    compare(platform);
  } else {
    throw new Error(
      `must be told push SECRET, keys, carry or compare, got ${positionals.join(' ') || action}\n\n${USAGE}`,
    );
  }
}

try {
  main();
} catch (error) {
  process.stderr.write(`push-secrets: ${String(messageOf(error))}\n`);
  process.exitCode = 1;
}
