import type { Finding } from '../finding';
import type { Assembly, Resource, Stack } from './stack';

/** Judges one stack, in the light of its assembly. */
export type Rule = (stack: Stack, assembly: Assembly) => readonly Finding[] | Promise<readonly Finding[]>;

/** Makes the findings of one rule, about a resource or, without one, about the whole stack. */
export function reporter(rule: string): (stack: Stack, resource: Resource | undefined, message: string) => Finding {
  return (stack, resource, message) => ({
    rule,
    stack: stack.name,
    path: resource?.path ?? stack.name,
    logicalId: resource?.logicalId ?? '',
    message,
  });
}
