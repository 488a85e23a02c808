import { objectOf, shown, textOf } from '../../json';
import { reporter, type Rule } from '../rule';
import { knownTypes } from '../schema';
import type { Resource } from '../stack';

const NAME = 'provider-pin';
const report = reporter(NAME);

const SOURCE = 'hashicorp/azurerm';
const VERSION = /^\d+\.\d+\.\d+$/;

/** The first version that takes names away which the output uses. */
const NEXT_MAJOR = '5.0.0';

/** Every stack pins one version of the provider, which has every type and argument that the stack uses. */
export const providerPin: Rule = {
  name: NAME,
  strict: 'a plan must be the same tomorrow',
  judge: (stack) => {
    const { source, version } = objectOf(stack.requiredProviders.azurerm);
    const pin = textOf(version) ?? '';
    const others = Object.keys(stack.requiredProviders).filter((name) => name !== 'azurerm');
    const isExact = VERSION.test(pin);
    return [
      ...others.map((name) =>
        report(stack, `${name} must not be required, got it: nothing here is checked against it`),
      ),
      ...(source === SOURCE ? [] : [report(stack, `source must be ${SOURCE}, got ${shown(source)}: write it in full`)]),
      ...(isExact ? [] : [report(stack, `version must be one version, got ${shown(version)}: pin it, such as 4.73.0`)]),
      ...(isExact && !isBefore(pin, NEXT_MAJOR)
        ? [report(stack, `version must be before ${NEXT_MAJOR}, got ${pin}: what is written is for version 4`)]
        : []),
      ...(isExact
        ? stack.resources.flatMap((resource) =>
            needs(resource)
              .filter(({ version: least }) => isBefore(pin, least))
              .map(({ what, version: least }) =>
                report(resource, `${what} needs azurerm ${least}, the pin is ${pin}: pin ${least} or a later one`),
              ),
          )
        : []),
    ];
  },
};

/** Least versions that a resource needs: that of the classes, and those of what is written by hand. */
function needs({ arguments: given, type }: Resource): readonly { readonly what: string; readonly version: string }[] {
  const { extracted, provider, raw } = knownTypes();
  const byHand = Object.hasOwn(raw, type) ? raw[type] : undefined;
  const classes = Object.hasOwn(extracted, type) ? extracted[type] : undefined;
  const added =
    byHand === undefined || classes === undefined
      ? []
      : Object.keys(byHand.arguments).filter((name) => name in given && !(name in classes.arguments));
  return [
    ...(classes === undefined ? [] : [{ what: type, version: provider }]),
    ...(byHand !== undefined && classes === undefined ? [{ what: type, version: byHand.provider }] : []),
    ...(byHand === undefined ? [] : added.map((name) => ({ what: `${type}.${name}`, version: byHand.provider }))),
  ];
}

/** Whether a version came before another. */
function isBefore(version: string, other: string): boolean {
  const [a, b] = [version, other].map((text) => text.split('.').map(Number));
  const place = [0, 1, 2].find((index) => a?.[index] !== b?.[index]);
  return place !== undefined && (a?.[place] ?? 0) < (b?.[place] ?? 0);
}
