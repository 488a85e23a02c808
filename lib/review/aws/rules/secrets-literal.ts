import { entriesOf, isObject, objectOf, textOf } from '../../json';
import { DEPLOY_TIME, literalText } from '../literal-text';
import type { Json } from '../../json';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import type { Resource, Stack } from '../stack';

const report = reporter('secrets-literal');

/** Properties that hold a secret, by the end of their names. */
const SECRET_PROPERTY =
  /(Passwords?|SecretString|AuthToken|PreSharedKey|ClientSecret|SecretKey|SecretAccessKey|AccessToken|ApiKey)$/;

/** Variables that hold a secret, by the end of their names. */
const SECRET_VARIABLE = /_(PASSWORD|SECRET|TOKEN|KEY)$/i;

/** A whole value that CloudFormation fetches from where secrets are kept. */
const DYNAMIC_REFERENCE = /^\{\{resolve:(secretsmanager|ssm-secure):[^{}]*(\$\{…\}[^{}]*)*\}\}$/;

/** No property and no variable that holds a secret has its text in the template. */
export const secretsLiteral: Rule = (stack) =>
  stack.resources.flatMap((resource) =>
    secretsOf(resource)
      .filter(({ value }) => isLiteral(value, stack))
      .map(({ at }) => {
        const message =
          `${at} must not hold a literal, got one: refer to a secret, ` +
          'by {{resolve:secretsmanager:…}} or by what the service offers for it';
        return report(stack, resource, message);
      }),
  );

interface Secret {
  readonly at: string;
  readonly value: Json;
}

function secretsOf({ properties }: Resource): readonly Secret[] {
  return entriesOf(properties).flatMap(({ key, value, at }) => {
    if (SECRET_PROPERTY.test(key)) return [{ at, value }];
    return isObject(value) ? variablesOf(value, at) : [];
  });
}

/** Secret variables in a `{ Name, Value }` of a container and in a map of a function's environment. */
function variablesOf(value: Readonly<Record<string, Json>>, at: string): readonly Secret[] {
  const { Name, Value } = value;
  const pairs: readonly (readonly [string, Json | undefined, string])[] = [
    [textOf(Name) ?? '', Value, `${at}.Value of ${textOf(Name) ?? ''}`],
    ...Object.entries(objectOf(value.Variables)).map(
      ([name, item]) => [name, item, `${at}.Variables.${name}`] as const,
    ),
  ];
  return pairs.flatMap(([name, item, where]) =>
    item !== undefined && SECRET_VARIABLE.test(name) ? [{ at: where, value: item }] : [],
  );
}

/** Whether a value has text of its own in the template. Nothing at all is not a secret. */
function isLiteral(value: Json, stack: Stack): boolean {
  const text = literalText(value);
  if (text !== undefined) return text.split(DEPLOY_TIME).join('') !== '' && !DYNAMIC_REFERENCE.test(text);
  if (!isObject(value) || typeof value.Ref !== 'string') return false;
  const parameter = objectOf(objectOf(stack.template.Parameters)[value.Ref]);
  return (textOf(parameter.Default) ?? '') !== '' && textOf(parameter.Type)?.startsWith('AWS::SSM::Parameter') !== true;
}
