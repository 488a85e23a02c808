import { objectOf, shown, textOf } from '../../json';
import { reporter, type Rule } from '../rule';
import { knownTypes } from '../schema';
import type { Resource, Stack } from '../stack';

const NAME = 'provider-pin';
const report = reporter(NAME);

const VERSION = /^\d+\.\d+\.\d+$/;

/** Where providers come from, and the first version that takes names away which the output uses. */
const providers: Readonly<Record<string, { readonly source: string; readonly before: string }>> = {
  azapi: { source: 'Azure/azapi', before: '3.0.0' },
  azurerm: { source: 'hashicorp/azurerm', before: '5.0.0' },
  google: { source: 'hashicorp/google', before: '7.0.0' },
};

/** Every stack pins one version of each provider, which has every type and argument that the stack uses. */
export const providerPin: Rule = {
  name: NAME,
  strict: 'a plan must be the same tomorrow',
  judge: (stack) => {
    const named = Object.keys(stack.requiredProviders);
    // A stack that names none forgot it.
    const required = named.length === 0 ? ['azurerm'] : named;
    const pins = new Map(required.map((name) => [name, pinOf(stack, name)]));
    return [
      ...required.flatMap((name) => pinProblems(stack, name).map((problem) => report(stack, problem))),
      ...stack.resources.flatMap((resource) =>
        needs(resource).flatMap(({ provider, version, what }) => {
          const pin = pins.get(provider) ?? '';
          if (!pins.has(provider))
            return [report(resource, `${what} needs the provider ${provider}, which is not required`)];
          return VERSION.test(pin) && isBefore(pin, version)
            ? [
                report(
                  resource,
                  `${what} needs ${provider} ${version}, the pin is ${pin}: pin ${version} or a later one`,
                ),
              ]
            : [];
        }),
      ),
    ];
  },
};

const pinOf = ({ requiredProviders }: Stack, name: string): string =>
  textOf(objectOf(requiredProviders[name]).version) ?? '';

function pinProblems(stack: Stack, name: string): readonly string[] {
  const { source, version } = objectOf(stack.requiredProviders[name]);
  const provider = Object.hasOwn(providers, name) ? providers[name] : undefined;
  if (provider === undefined) return [`${name} must not be required, got it: nothing here is checked against it`];
  const pin = pinOf(stack, name);
  return [
    ...(Object.hasOwn(stack.providers, name) ? [] : [`${name} must be configured, got nothing: say where it logs in`]),
    ...(source === provider.source
      ? []
      : [`source of ${name} must be ${provider.source}, got ${shown(source)}: write it in full`]),
    ...(VERSION.test(pin)
      ? []
      : [`version of ${name} must be one version, got ${shown(version)}: pin it, such as 4.73.0`]),
    ...(VERSION.test(pin) && !isBefore(pin, provider.before)
      ? [`version of ${name} must be before ${provider.before}, got ${pin}: what is written is for the last major one`]
      : []),
  ];
}

/** A version that a resource needs. */
interface Need {
  readonly what: string;
  readonly provider: string;
  readonly version: string;
}

/** Least versions that a resource needs: that of the classes, and those of what is written by hand. */
function needs({ arguments: given, type }: Resource): readonly Need[] {
  const { extracted, providers: classes, raw } = knownTypes();
  const [provider = ''] = type.split('_');
  const classesOf = classes[provider] ?? '';
  const byHand = Object.hasOwn(raw, type) ? raw[type] : undefined;
  const own = Object.hasOwn(extracted, type) ? extracted[type] : undefined;
  const need = (what: string, version: string): Need => ({ what, provider, version });
  if (own === undefined) return byHand === undefined ? [] : [need(type, byHand.provider)];
  const added = Object.keys(byHand?.arguments ?? {}).filter((name) => name in given && !(name in own.arguments));
  return [need(type, classesOf), ...added.map((name) => need(`${type}.${name}`, byHand?.provider ?? classesOf))];
}

/** Whether a version came before another. */
function isBefore(version: string, other: string): boolean {
  const [a, b] = [version, other].map((text) => text.split('.').map(Number));
  const place = [0, 1, 2].find((index) => a?.[index] !== b?.[index]);
  return place !== undefined && (a?.[place] ?? 0) < (b?.[place] ?? 0);
}
