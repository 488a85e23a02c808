import { pascalCase } from '../../../lib/platform/ids';
import { siteOn, type Platform } from '../../../lib/platform/platform';
import type { AwsSite } from '../../../lib/platform/nouns/site';
import { isList, listOf, objectOf, textOf } from '../../../lib/review/json';
import type { Json, JsonObject } from '../../../lib/review/json';
import { synthesize, synthesized, type Synthesized } from '../../support/assembly';
import { loadPlatform } from '../../../bin/inputs';
import { World } from './expectations';
import { Graph, reference, type Block } from './graph';

/** A platform's stage on AWS, and the ways between its resources. */
export class Site {
  public readonly platform: Platform;
  public readonly aws: AwsSite;
  public readonly world: World;
  public readonly graph: Graph;
  private readonly byPath: ReadonlyMap<string, Block>;

  public constructor({ assembly, platform }: Synthesized) {
    this.platform = platform;
    const aws = siteOn(platform, 'aws');
    if (aws === undefined) throw new Error(`${platform.name} has no site on AWS in ${platform.stageName}`);
    this.aws = aws;
    this.graph = new Graph(assembly);
    this.world = World.of(this.graph.blocks);
    this.byPath = new Map(this.graph.blocks.map((block) => [block.path, block]));
  }

  /** A committed platform in one of its stages. */
  public static of(platform: string, stage: string): Site {
    return new Site(synthesized(platform, stage));
  }

  /** The same, when every service has been released: its image lies in the platform's own registry. */
  public static released(platform: string, stage: string): Site {
    const loaded = loadPlatform(platform, stage);
    const releases = Object.fromEntries(
      Object.keys(loaded.platform.services).map((name) => [name, { digest: `sha256:${'0123456789abcdef'.repeat(4)}` }]),
    );
    return new Site(synthesize({ ...loaded, releases: releases }));
  }

  /** The resource at a path. */
  public at(path: string): Block {
    const found = this.byPath.get(path);
    if (found === undefined) throw new Error(`no resource at ${path}`);
    return found;
  }

  /** The resource that a value stands for, which must be one of a type. */
  public behind(value: Json | undefined, type: string): Block {
    const name = /^\$\{([^${}]+)\}$/.exec(textOf(value) ?? '')?.[1];
    const found = name === undefined ? undefined : this.named(name);
    if (found?.type !== type) throw new Error(`${JSON.stringify(value)} must stand for a ${type}, got ${found?.type}`);
    return found;
  }

  /** Names end in an attribute or not, and paths may hold dots. */
  private named(name: string): Block | undefined {
    const whole = this.byPath.get(name);
    if (whole !== undefined) return whole;
    const parts = name.split('.');
    return parts
      .map((_, index) => this.byPath.get(parts.slice(0, parts.length - index).join('.')))
      .find((each) => each);
  }

  /** The resources of a type that name another at a place. */
  public naming(type: string, path: string, block: Block): readonly Block[] {
    return this.world.ofType(type).filter((each) => {
      const value = properties(each)[path];
      return (isList(value) ? value : [value]).some((item) => item === reference(block.path));
    });
  }

  /** The ECS service of a service of the platform. */
  public service(name: string): Block {
    return this.at(`Service-${pascalCase(name)}/Service/Service/Service`);
  }

  /** What the ECS service of a service runs. */
  public task(name: string): Block {
    return this.behind(properties(this.service(name)).TaskDefinition, 'AWS::ECS::TaskDefinition');
  }

  /** A container of a task definition. */
  public container(task: Block, name: string): JsonObject {
    const found = containersOf(task).find((each) => each.Name === name);
    if (found === undefined) throw new Error(`${task.path} has no container ${name}`);
    return found;
  }

  /** The task that brings a service's databases up to date, if it has one. */
  public migration(name: string): Block | undefined {
    return this.byPath.get(`Service-${pascalCase(name)}/Service/Migration/Task`);
  }
}

export const properties = (block: Block): JsonObject => objectOf(block.body.Properties);

/** The containers of a task definition. */
export const containersOf = (task: Block): readonly JsonObject[] =>
  listOf(properties(task).ContainerDefinitions).map(objectOf);

/** The variables of a container. */
export const environmentOf = (container: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    listOf(container.Environment)
      .map(objectOf)
      .map(({ Name, Value }) => [textOf(Name) ?? '', textOf(Value) ?? '']),
  );

/** The secrets of a container: where each comes from. */
export const secretsOf = (container: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(
    listOf(container.Secrets)
      .map(objectOf)
      .map(({ Name, ValueFrom }) => [textOf(Name) ?? '', textOf(ValueFrom) ?? '']),
  );
