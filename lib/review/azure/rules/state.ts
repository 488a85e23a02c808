import { shown } from '../../json';
import type { Json, JsonObject } from '../../json';
import { stateKey } from '../references';
import { reporter, type Rule } from '../rule';
import type { Site, Stack } from '../stack';

const NAME = 'state';
const report = reporter(NAME);

/** What a state's place must be told. */
const REQUIRED = [
  'container_name',
  'key',
  'resource_group_name',
  'storage_account_name',
  'subscription_id',
  'tenant_id',
];

/** What lets somebody in without a name. */
const REFUSED = ['access_key', 'client_certificate_password', 'client_secret', 'sas_token'];

/** Every stack keeps its state by itself, in the platform's account, to which only Entra ID lets anybody. */
export const state: Rule = {
  name: NAME,
  strict: 'a state of Terraform holds everything that it knows',
  judge: (stack, site) => {
    const [backend] = stack.backends;
    if (backend === undefined || stack.backends.length > 1 || backend.type !== 'azurerm') {
      const got = stack.backends.map(({ type }) => type).join(', ') || 'none';
      return [report(stack, `backend must be azurerm alone, got ${got}: keep the state in the platform's account`)];
    }
    return [...configProblems(backend.config), ...sharing(backend.config, stack, site)].map((problem) =>
      report(stack, `backend.${problem}`),
    );
  },
};

const isName = (value: Json | undefined): boolean => typeof value === 'string' && value !== '' && !value.includes('${');

const configProblems = (config: JsonObject): readonly string[] => [
  ...REQUIRED.filter((name) => !isName(config[name])).map(
    (name) => `${name} must be a name that is known before everything else, got ${shown(config[name])}: write it`,
  ),
  ...(config.use_azuread_auth === true
    ? []
    : [`use_azuread_auth must be true, got ${shown(config.use_azuread_auth)}: let Entra ID decide who reads states`]),
  ...REFUSED.filter((name) => config[name] !== undefined).map((name) => `${name} must not be given: leave it out`),
];

const sharing = (config: JsonObject, stack: Stack, { stacks }: Site): readonly string[] =>
  stacks
    .filter((other) => other !== stack && other.backends.some((each) => stateKey(each.config) === stateKey(config)))
    .map(({ name }) => `key is also that of ${name}: give each stack a state of its own`);
