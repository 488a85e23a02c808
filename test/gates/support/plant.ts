import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as cdk from 'aws-cdk-lib';
import { applyPatch } from '../../../lib/platform/patch';

/** Variable that names the file which tells a test where its faults were planted. */
export const PLANTED_FILE = 'MAINSTAY_TEST_PLANTED';

/** Loads late: a plant is preloaded into every process of a command, and most of them are no app. */
const load = createRequire(__filename);

/** File of `bin` that a command runs. */
type Program = 'aws' | 'azure' | 'render-kubernetes';

/** Runs in the process that is the app of a cloud, before its first line, and in no other. */
export function inApp(plant: () => void, cloud: Program = 'aws'): void {
  if (new RegExp(`[\\\\/]bin[\\\\/]${cloud}\\.ts$`).test(process.argv[1] ?? '')) plant();
}

/** Changes the app's construct tree when it is complete and not yet synthesized. What it returns, a test can read. */
export function beforeSynth(plant: (app: cdk.App) => unknown): void {
  inApp(() => {
    const { App } = load('aws-cdk-lib') as typeof cdk;
    const synth = Reflect.get(App.prototype, 'synth') as (this: cdk.App, options?: cdk.StageSynthesisOptions) => never;
    App.prototype.synth = function (options) {
      const planted = plant(this);
      const file = process.env[PLANTED_FILE];
      if (file !== undefined) writeFileSync(file, JSON.stringify(planted));
      return synth.call(this, options);
    };
  });
}

/** Lets this process find other exports in a module of the repository, until what is returned is called. */
export function swapModule<Module extends object>(path: string, exports: (original: Module) => Module): () => void {
  const file = load.resolve(join(__dirname, '../../..', path));
  const original = load(file) as Module;
  const cached = load.cache[file];
  if (cached === undefined) throw new Error(`${file} must be in the module cache to be replaced`);
  cached.exports = exports(original);
  return () => {
    cached.exports = original;
  };
}

/** Lets this process find another definition of RetailFlow: what stands in the patch replaces, `null` takes away. */
export const swapDefinition = (patch: unknown): (() => void) =>
  swapModule<{ default: unknown }>('platforms/retailflow', ({ default: definition }) => ({
    default: applyPatch(definition, patch),
  }));

/** Lets the app find other exports in a module of the repository. */
export const replaceModule = <Module extends object>(path: string, exports: (original: Module) => Module): void =>
  inApp(() => swapModule(path, exports));
