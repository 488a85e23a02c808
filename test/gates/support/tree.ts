import { Stack, Stage, type App } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** The stage of a platform's app. */
export function stageOf(app: App): Stage {
  const stage = app.node.children.find((child) => Stage.isStage(child));
  if (stage === undefined) throw new Error('the app must hold a stage');
  return stage;
}

/** A stack of the platform: `Network`, `Service-Order`. */
export function stackOf(app: App, name: string): Stack {
  const stack = stageOf(app).node.tryFindChild(name);
  if (!Stack.isStack(stack))
    throw new Error(`no stack ${name} among ${stageOf(app).node.children.map(String).join(', ')}`);
  return stack;
}

type Class<T> = abstract new (...args: never[]) => T;

/** The first construct of a class below another, in the order of the tree. */
export function first<T extends IConstruct>(
  scope: IConstruct,
  type: Class<T>,
  where: (found: T) => boolean = () => true,
): T {
  const found = all(scope, type).find(where);
  if (found === undefined) throw new Error(`no ${type.name} below ${scope.node.path}`);
  return found;
}

/** All constructs of a class below another. */
export const all = <T extends IConstruct>(scope: IConstruct, type: Class<T>): readonly T[] =>
  scope.node.findAll().filter((each): each is T & IConstruct => each instanceof type);
