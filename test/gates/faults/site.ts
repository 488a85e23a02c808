import { TerraformResource, TerraformStack, type App } from 'cdktf';

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

const resourcesOf = (app: App): readonly TerraformResource[] =>
  app.node.findAll().filter((each) => TerraformResource.isTerraformResource(each));

/** The resource of a type whose path has a part. */
export function find(app: App, type: string, part = ''): TerraformResource {
  const found = resourcesOf(app).find((each) => each.terraformResourceType === type && each.node.path.includes(part));
  if (found === undefined) throw new Error(`the site must hold a ${type} below ${part}`);
  return found;
}
