import { TerraformStack, type App } from 'cdktf';

/** A fault that is planted into the tree of a site, and the finding that must name it. */
export interface SiteFault {
  /** The rule that must find it. */
  readonly rule: string;
  /** A part of what must be said about it. */
  readonly says: string;
  /** Plants it and returns the path where the finding must be. */
  readonly plant: (app: App) => string;
}

/** The stack of a site that is called by a word. */
export function stackNamed(app: App, word: string): TerraformStack {
  const stack = app.node.children.find((each) => each.node.id.endsWith(`-${word}`));
  if (stack === undefined || !TerraformStack.isStack(stack)) throw new Error(`the site must have a stack ${word}`);
  return stack;
}
