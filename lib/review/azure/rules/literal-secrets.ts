import { entriesOf, isObject, objectOf, textOf } from '../../json';
import type { Json } from '../../json';
import { secretIn } from '../../secret-looks';
import { literalText, textsIn } from '../expressions';
import { referencesIn } from '../references';
import { reporter, type Rule } from '../rule';
import type { Resource, Stack } from '../stack';

const NAME = 'literal-secrets';
const report = reporter(NAME);

/** Arguments, settings and attributes that hold a secret, by the end of their names. A version of one is none. */
const SECRET =
  /(^|_)(password(_wo)?|passphrase|client_secret|shared_key|psk|access_key|account_key|primary_key|secondary_key|sas|sas_token|connection_string|api_key|admin_token|kube_config_raw|private_key(_pem)?|value_wo|pfx_blob)$/i;

/** Blocks of attributes that let somebody in. */
const SECRET_BLOCKS = ['kube_admin_config', 'kube_config'];

/**
 * Attributes that are called like a secret and let nobody in. Where telemetry goes is no secret while its local
 * authentication is off, which the rule `local-auth` demands.
 */
const HARMLESS = /^(data\.)?azurerm_application_insights\..+\.connection_string$/;

/** Nothing that lets somebody in stands in the files, and no key or password of a service is read into a state. */
export const literalSecrets: Rule = {
  name: NAME,
  strict: 'what is written here is read by many',
  judge: (stack) => [
    ...[...stack.resources, ...stack.data].flatMap((resource) =>
      problemsIn(resource.arguments, stack).map((problem) => report(resource, problem)),
    ),
    ...problemsIn({ output: stack.outputs, local: stack.locals }, stack).map((problem) => report(stack, problem)),
    ...Object.entries(stack.variables)
      .filter(([name, variable]) => isSecretVariable(name, variable) && objectOf(variable).default !== undefined)
      .map(([name]) => report(stack, `variable.${name}.default must be left out, got one: give it when it is applied`)),
  ],
};

const isSecretVariable = (name: string, variable: Json): boolean =>
  SECRET.test(name) || objectOf(variable).sensitive === true;

function problemsIn(value: Json, stack: Stack): readonly string[] {
  return entriesOf(value).flatMap(({ at, key, value: text }) => {
    if (isObject(text)) return [];
    if (SECRET.test(key) && isLiteral(text, stack)) {
      return [`${at} must not hold a literal, got one: take it from a sensitive variable, or do without`];
    }
    if (typeof text !== 'string') return [];
    const literals = [literalText(text), ...textsIn(text)];
    const seen = literals.map(secretIn).find((each) => each !== undefined);
    return [
      ...(seen === undefined ? [] : [`${at} must not hold ${seen}, got one: refer to a secret of the vault`]),
      ...secretsRead(text).map((name) => `${at} must not read ${name}, which lets in whoever reads it: use Entra ID`),
    ];
  });
}

/** Where the host of functions reads a value in the vault, by the identity of the function. Its address lets nobody in. */
const VAULT_REFERENCE =
  /^@Microsoft\.KeyVault\(SecretUri=https:\/\/[a-z0-9-]+\.vault\.azure\.net\/secrets\/[A-Za-z0-9-]+\)$/;

/** A literal text. What is computed from a variable that has no default is none. */
function isLiteral(value: Json, stack: Stack): boolean {
  if (typeof value !== 'string') return typeof value === 'number';
  if (VAULT_REFERENCE.test(value)) return false;
  if (literalText(value).replaceAll('${…}', '') !== '' || textsIn(value).some((text) => text !== '')) return true;
  return referencesIn(value).some(
    (each) => each.kind === 'variable' && textOf(objectOf(stack.variables[each.name]).default) !== undefined,
  );
}

/** Keys and passwords of services that a text reads. */
const secretsRead = (text: string): readonly Resource['address'][] =>
  referencesIn(text)
    .flatMap((each) =>
      each.kind === 'resource' && isSecret(each.attribute) ? [`${each.address}.${each.attribute.join('.')}`] : [],
    )
    .filter((name) => !HARMLESS.test(name));

const isSecret = (names: readonly string[]): boolean =>
  SECRET.test(names.at(-1) ?? '') || names.some((name) => SECRET_BLOCKS.includes(name));
