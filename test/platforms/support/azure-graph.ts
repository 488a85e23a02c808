import { isList, isObject } from '../../../lib/review/json';
import type { Json, JsonObject } from '../../../lib/review/json';
import { referent } from '../../../lib/review/azure/references';
import type { Resource, Site, Stack } from '../../../lib/review/azure/stack';
import { reference, type Block } from './graph';

/** A stack as a reader sees it. */
export interface AzureSheet {
  readonly stack: Stack;
  /** Name of the stack inside its stage: `data`. */
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** An expression that names one value and does nothing with it. */
const NAMED = /\$\{[A-Za-z_][\w."[\]-]*\}/g;

/**
 * Follows every value of a site to the resource that it comes from, through the states of other stacks. A resource is
 * written `${data/StoreDatabase/Server.id}`, the same from whichever stack it is read.
 */
export class AzureGraph {
  public readonly sheets: readonly AzureSheet[];

  /** @param prefix What the names of all stacks begin with: `retailflow-production` */
  public constructor(
    private readonly site: Site,
    private readonly prefix: string,
  ) {
    this.sheets = site.stacks.map((stack) => ({
      stack,
      name: this.inside(stack.name),
      blocks: stack.resources.map((resource) => this.block(stack, resource)),
    }));
  }

  /** All resources of all stacks, and each stack itself as if it were one. */
  public get blocks(): readonly Block[] {
    return this.sheets.flatMap((sheet) => [this.ofStack(sheet), ...sheet.blocks]);
  }

  private inside(path: string): string {
    return path.replace(`${this.prefix}-`, '');
  }

  private ofStack({ name, stack }: AzureSheet): Block {
    const { backends, outputs, providers, requiredProviders } = stack;
    const backend = backends.map(({ config, type }) => ({ type, ...config }));
    return {
      stack: name,
      path: name,
      type: 'Stack',
      body: { Properties: { backend, outputs: Object.keys(outputs), providers, requiredProviders } },
    };
  }

  private block(stack: Stack, { arguments: given, lifecycle, meta, path, type }: Resource): Block {
    const told: JsonObject = {
      ...given,
      ...(Object.keys(lifecycle).length === 0 ? {} : { lifecycle }),
      ...meta,
    };
    return {
      stack: this.inside(stack.name),
      path: this.inside(path),
      type,
      body: { Properties: this.follow(told, stack) },
    };
  }

  private follow(value: Json, stack: Stack): Json {
    if (isList(value)) return value.map((item) => this.follow(item, stack));
    if (isObject(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.follow(item, stack)]));
    }
    return typeof value === 'string' ? value.replace(NAMED, (name) => this.named(name, stack)) : value;
  }

  private named(expression: string, stack: Stack): string {
    const found = referent(expression, stack, this.site);
    if (found === undefined) return expression;
    const attribute = found.attribute.join('.');
    return reference(this.inside(found.resource.path), attribute === '' ? undefined : attribute);
  }
}
