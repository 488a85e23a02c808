import { pascalCase } from './ids';

/**
 * What is made of each part, by the part's name.
 *
 * @param suffix What the id of each ends with: `Queue`, of which `order-events` becomes `OrderEventsQueue`.
 */
export const byName = <Spec, Made>(
  parts: readonly (readonly [name: string, spec: Spec])[],
  suffix: string,
  make: (id: string, name: string, spec: Spec) => Made,
): Readonly<Record<string, Made>> =>
  Object.fromEntries(parts.map(([name, spec]) => [name, make(`${pascalCase(name)}${suffix}`, name, spec)]));
