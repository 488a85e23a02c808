import type { Hardened } from './mutations';

/** What must not be lost, value by value; switches have an opposite by themselves. */
export const paths = (...all: readonly string[]): readonly Hardened[] => all.map((path) => ({ path }));

/** A resource of somebody else, to which nothing here may refer. */
export const foreign = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/somebody/else';

/** Terraform does not destroy it. */
export const kept: readonly Hardened[] = paths('lifecycle.prevent_destroy');

/** Found by its own tags: whose it is, and what it costs. */
export const tagged: readonly Hardened[] = paths('tags.owner', 'tags.cost-centre', 'tags.platform', 'tags.stage');

/** Says of what class its data is. */
export const classed: readonly Hardened[] = [{ path: 'tags.data-class', weak: ['nobody knows'] }];

/** Encrypted with our key, by our identity. */
export const encrypted = (keyPath: string, identityPath: string): readonly Hardened[] => [
  { path: keyPath, weak: [foreign] },
  { path: identityPath, weak: [foreign] },
];
