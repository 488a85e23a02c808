import { listOf, objectOf, stringsOf, textOf, type Json } from '../json';
import { textsOf } from './workloads';

type Labels = Readonly<Record<string, string>>;

/** Whether labels are those that a selector asks for. An empty selector asks for none, so everything has them. */
export function selects(selector: Json | undefined, labels: Labels): boolean {
  const { matchExpressions, matchLabels } = objectOf(selector);
  return (
    hasAll(textsOf(matchLabels), labels) &&
    listOf(matchExpressions).every((each) => {
      const { key, operator, values } = objectOf(each);
      const value = labels[textOf(key) ?? ''];
      switch (operator) {
        case 'In':
          return value !== undefined && stringsOf(values).includes(value);
        case 'NotIn':
          return value === undefined || !stringsOf(values).includes(value);
        case 'Exists':
          return value !== undefined;
        case 'DoesNotExist':
          return value === undefined;
        default:
          return false;
      }
    })
  );
}

/** Whether labels hold all of these. */
export const hasAll = (wanted: Labels, labels: Labels): boolean =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

/** A selector as a person reads it. */
export const shownSelector = (selector: Json | undefined): string => JSON.stringify(selector ?? {});
