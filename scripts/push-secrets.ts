import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadPlatform } from '../bin/inputs';
import { messageOf } from '../bin/message';
import { targetOptions } from '../bin/target-options';
import { gatewayOf } from '../lib/platform/gateway/configuration';
import {
  currentField,
  keyAfter,
  keyField,
  keyIds,
  keyReaders,
  leastAgeMinutes,
  rotatesByItself,
  type KeyId,
} from '../lib/platform/gateway/token-keys';
import { secretName } from '../lib/platform/names';
import type { Gateway } from '../lib/platform/nouns/gateway';
import { sitesOf, type Platform } from '../lib/platform/platform';
import {
  dueDate,
  fieldsOf,
  parseSecretValues,
  pushedVersion,
  signingOf,
  signingVersion,
  sitesOfSecret,
  versionsDiffer,
  type SecretValues,
} from '../lib/platform/secret-values';
import { secretStore, type SecretStore } from './secret-stores';

const USAGE = `usage: npm run push:secrets -- push SECRET|keys|keys rotate|carry|compare [--platform NAME] [--stage NAME] [--site NAME] [--from FILE] [--again]

Writes what comes from outside into the stores of a stage: the same values on every site, at once. Needs the command lines of its clouds,
and a login to each. No value is printed, or an argument of a command, or kept.

  push SECRET       writes the fields that it reads as JSON: {"apiKey": "…"}
  keys              makes three key pairs that nobody sees, by which tokens are signed and verified, and writes their halves, what
                    of the public ones API Management verifies by, where that is the gateway, and which pair signs
  keys rotate       lets the next pair sign, and writes another in place of the one that signed before: on every site, once in a period,
                    where no machine does it
  carry             writes what was pushed to AWS on the other site too, where that stands since and has it not
  compare           says whether every site has the value of each field that was pushed last, and fails if not, or where the pair that
                    signs tokens has done so for longer than gateway.tokens.rotateDays

  --platform NAME   default: retailflow
  --stage NAME      default: production
  --site NAME       primary or recovery: writes there alone, where the other one does not stand yet, or each has a value of its
                    own (replicated: false)
  --from FILE       what is read by push (default: standard input)
  --again           keys makes other pairs where there are some: tokens that were signed by these will be refused
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

/** Where values of a secret are written. */
interface Where {
  readonly platform: Platform;
  readonly secret: string;
  readonly stores: readonly SecretStore[];
}

function write(
  { platform, secret, stores }: Where,
  values: SecretValues,
  // A store keeps a value under an id once: each push has its own.
  versionOf: (field: string) => string = () => pushedVersion(randomUUID()),
  since = new Date(),
): void {
  const fields = Object.keys(values);
  const problems = Object.entries(values).flatMap(([field, value]) => {
    const version = versionOf(field);
    return stores.flatMap((store) =>
      attempt(() => {
        store.write({ secret, field }, value, version, dueDate(platform, { secret, field }, since));
        return undefined;
      }).map((said) => `${secret}.${field} was not written on ${store.name}: ${said}`),
    );
  });
  const wrong = [...problems, ...(problems.length > 0 ? [] : differences(stores, secret, fields))];
  if (wrong.length > 0) throw new Error(['push again what differs:', ...wrong].join('\n  '));
  const names = stores.map(({ name }) => name).join(' and ');
  process.stdout.write(`${secret}: ${fields.join(' and ')} written on ${names}, as one version each\n`);
}

/** What is kept of a new key pair, which nobody has seen. */
function newPair(gateway: Gateway, id: KeyId): SecretValues {
  const pair = generateKeyPairSync('rsa', { modulusLength: keyBits });
  return {
    [keyField('privateKey', id)]: String(pair.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    [keyField('publicKey', id)]: String(pair.publicKey.export({ type: 'spki', format: 'pem' })),
    ...(gateway.kind === 'api-management'
      ? { [keyField('modulus', id)]: String(pair.publicKey.export({ format: 'jwk' }).n) }
      : {}),
  };
}

/** Writes three key pairs, of which the first signs. */
function writeKeys(platform: Platform, site: string | undefined, again: boolean): void {
  const gateway = gatewayOf(platform);
  const { secret } = gateway.tokens;
  const stores = storesOf(platform, secret, site);
  const written = stores.flatMap((store) =>
    fieldsOf(platform, secret).map((field) => store.version({ secret, field })),
  );
  if (!again && written.some((version) => typeof version === 'object')) {
    throw new Error(`${secret} has key pairs: --again makes others, and refuses every token that was signed by these`);
  }
  const where = { platform, secret, stores };
  for (const id of keyIds) write(where, newPair(gateway, id));
  writeSigning(where, keyIds[0]);
}

/** Says which pair signs from now on. */
function writeSigning(where: Where, id: KeyId): void {
  const since = new Date();
  write(where, { [currentField]: id }, () => signingVersion({ id, since }, randomUUID()), since);
}

/** Lets the next pair sign, once whatever the one before signed has ended. A rotation that was not written everywhere is ended, and none begun. */
function rotateKeys(platform: Platform, site: string | undefined): void {
  const gateway = gatewayOf(platform);
  const { secret } = gateway.tokens;
  const field = { secret, field: currentField };
  if (rotatesByItself(platform)) {
    const entry = `${secretName(platform, secret)}/${currentField}`;
    throw new Error(
      `Secrets Manager rotates ${secret}; to rotate now: aws secretsmanager rotate-secret --secret-id ${entry}`,
    );
  }
  const stores = storesOf(platform, secret, site);
  const versions = stores.map((store) => ({ store, version: store.version(field) }));
  const known = versions.flatMap(({ version }) => {
    const signing = signingOf(version);
    return signing === undefined || typeof version !== 'object' ? [] : [{ ...signing, version: version.id }];
  });
  const [latest] = known.sort((a, b) => b.since.getTime() - a.since.getTime());
  if (latest === undefined) throw new Error(`${secret} has no key pairs that were pushed: make them by keys`);
  const behind = versions.filter(({ version }) => typeof version !== 'object' || version.id !== latest.version);
  if (behind.length > 0) {
    const where = { platform, secret, stores: behind.map(({ store }) => store) };
    write(where, { [currentField]: latest.id }, () => latest.version, latest.since);
    return;
  }
  const minutes = Math.floor((Date.now() - latest.since.getTime()) / 60_000);
  const least = leastAgeMinutes(gateway.tokens);
  if (minutes < least) {
    throw new Error(
      `the pair that signs must have done so for ${least} minutes, got ${minutes}: tokens of the one before may still be good`,
    );
  }
  const next = keyAfter(latest.id);
  write({ platform, secret, stores }, newPair(gateway, keyAfter(next)));
  writeSigning({ platform, secret, stores }, next);
  const readers = ['the gateway', ...keyReaders(platform)].join(' and ');
  process.stdout.write(`let ${readers} start anew on every site, in any order: docs/runbooks/token-keys.md\n`);
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
        const { since, value } = read(field, version.id);
        other.write(field, value, version.id, dueDate(platform, field, since));
        process.stdout.write(`${field.secret}.${field.field}: carried to ${other.name}\n`);
      }
      return undefined;
    }).map((said) => `${field.secret}.${field.field}: ${said}`),
  );
  if (wrong.length > 0) throw new Error(['not everything was carried:', ...wrong].join('\n  '));
}

/** That people forgot to let the next pair sign, where no machine does. */
function overdue(platform: Platform, stores: readonly SecretStore[]): readonly string[] {
  if (platform.gateway === undefined || rotatesByItself(platform)) return [];
  const { tokens } = platform.gateway;
  const field = { secret: tokens.secret, field: currentField };
  return stores.flatMap((store) => {
    const signing = signingOf(store.version(field));
    const due = signing && dueDate(platform, field, signing.since);
    return signing === undefined || due === undefined || due.getTime() > Date.now()
      ? []
      : [`${tokens.secret}: the pair ${signing.id} has signed for more than ${tokens.rotateDays} days: keys rotate`];
  });
}

function compare(platform: Platform): void {
  const stores = sitesOf(platform).map((site) => secretStore(platform, site));
  const wrong = Object.entries(platform.secrets).flatMap(([secret, { fields, replicated }]) =>
    (replicated ? [stores] : stores.map((store) => [store])).flatMap((group) => differences(group, secret, fields)),
  );
  if (wrong.length > 0) throw new Error(['the sites differ:', ...wrong].join('\n  '));
  const [late] = overdue(platform, stores);
  if (late !== undefined) throw new Error(late);
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
    write({ platform, secret, stores: storesOf(platform, secret, values.site) }, written);
  } else if (action === 'keys' && secret === '') {
    writeKeys(platform, values.site, values.again);
  } else if (action === 'keys' && secret === 'rotate' && rest.length === 0) {
    rotateKeys(platform, values.site);
  } else if (action === 'carry' && secret === '') {
    carry(platform);
  } else if (action === 'compare' && secret === '') {
    compare(platform);
  } else {
    throw new Error(
      `must be told push SECRET, keys, keys rotate, carry or compare, got ${positionals.join(' ') || action}\n\n${USAGE}`,
    );
  }
}

try {
  main();
} catch (error) {
  process.stderr.write(`push-secrets: ${String(messageOf(error))}\n`);
  process.exitCode = 1;
}
