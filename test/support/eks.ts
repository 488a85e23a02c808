import { loadAllocations, loadContracts, loadDefinition, loadPlatform } from '../../bin/inputs';
import { renderClusters } from '../../bin/rendered-cluster';
import { allocate } from '../../lib/platform/allocation';
import type { AwsOutputs } from '../../lib/platform/aws-outputs';
import type { Definition } from '../../lib/platform/definition';
import { applyPatch } from '../../lib/platform/patch';
import type { Platform } from '../../lib/platform/platform';
import { allocationRequests, resolve, resolveUnallocated } from '../../lib/platform/resolve';
import type { Assembly } from '../../lib/review/aws/stack';
import { objectOf } from '../../lib/review/json';
import type { Cluster } from '../../lib/review/kubernetes/cluster';
import { clustersOf, manifestOf } from '../../lib/review/kubernetes/read-cluster';
import { clusterContext } from '../../stacks/kubernetes/cluster';
import { synthesize, type Synthesized } from './assembly';
import { alone } from './kubernetes';
import { production } from './platform';
import { remember } from './remember';

/** A platform's production with pods in place of tasks on AWS, and with something of the site changed. */
export function onEks(name: string, site: object = {}): Definition {
  const definition = loadDefinition(name);
  return applyPatch(definition, production({ sites: { primary: { runtime: 'eks', ...site } } })) as Definition;
}

/** The same, resolved with the committed lock. */
export function platformOnEks(name: string): Platform {
  const definition = onEks(name);
  const locked = loadAllocations(name);
  const lock = allocate(
    locked['production'] ?? { listenerPriorities: {}, addresses: {} },
    allocationRequests(resolveUnallocated(definition, 'production')),
  );
  const platform = resolve(definition, { stage: 'production', allocations: { ...locked, production: lock } });
  return { ...platform, ...loadContracts(platform) };
}

/** A platform's production on EKS, as its inputs are loaded. */
const loaded = (name: string, aws?: AwsOutputs) => {
  const { outputs, releases } = loadPlatform(name, 'production');
  return { platform: platformOnEks(name), releases, outputs: aws === undefined ? outputs : { ...outputs, aws } };
};

/** Its cluster on AWS, as components are told of it. */
export const clusterOnEks = (name: string) => clusterContext(loaded(name), 'primary');

/** What it is on AWS. Synthesized once. */
export const synthesizedOnEks = remember((name: string): Synthesized => synthesize(loaded(name)));

/** A cluster of the stage as a reader of its files sees it, and from where it pulls images. */
export interface RenderedOnEks {
  readonly read: Cluster;
  readonly registry: string;
}

/** Its clusters, that on AWS first. */
export const clustersOnEks = remember(async (name: string, aws?: AwsOutputs): Promise<readonly RenderedOnEks[]> => {
  const rendered = await alone(() => renderClusters(loaded(name, aws)));
  return rendered.map(({ cluster, manifests, registry }) => {
    const [read] = clustersOf(manifests.map(({ file, text }) => [`${cluster}/${file}`, manifestOf(text)]));
    if (read === undefined) throw new Error(`${cluster} must hold an object, got none`);
    return { read, registry };
  });
});

/** What the stacks of an assembly tell, as `cdk deploy --outputs-file` writes it, with a value of its own for each name. */
export const toldBy = ({ stacks }: Assembly): Readonly<Record<string, Readonly<Record<string, string>>>> =>
  Object.fromEntries(
    stacks.map(({ stackName, template }) => [
      stackName,
      Object.fromEntries(
        Object.keys(objectOf(template.Outputs)).map((output) => [output, valueFor(stackName, output)]),
      ),
    ]),
  );

/** A value of the form that the name asks for. */
function valueFor(stackName: string, output: string): string {
  const word = `${stackName}-${output}`.toLowerCase();
  if (/(Url|Endpoint)$/.test(output)) return `https://${word}.example.com/`;
  return /TargetGroup$|Address$|Login$/.test(output) ? `arn:aws:service:region:account:${word}` : `${word}.example.com`;
}
