import type { ComponentResourceOptions } from '@pulumi/pulumi';
import { registrationsOf } from '../../bin/registrations';
import type { ClusterContext } from '../../lib/kubernetes/context';
import { manifestsOf, type Registered } from '../../lib/kubernetes/manifests';
import type { SiteOutputs } from '../../lib/platform/outputs';
import type { Releases } from '../../lib/platform/releases';
import { manifestOf } from '../../lib/review/kubernetes/read-cluster';
import { clusterContext, registerCluster } from '../../stacks/kubernetes/cluster';
import { resolved, retailflowWith } from './platform';
import { remember } from './remember';

/** An object of a cluster, as it is written down. */
export interface ClusterObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
}

/** The objects that a program registered. */
export class ClusterObjects {
  public constructor(public readonly all: readonly ClusterObject[]) {}

  /** The objects of a kind, of one namespace or of all. */
  public of(kind: string, namespace?: string): readonly ClusterObject[] {
    return this.all.filter(
      (each) => each.kind === kind && (namespace === undefined || each.metadata.namespace === namespace),
    );
  }

  /** The one object of a kind, a name and a namespace. */
  public one(kind: string, name: string, namespace?: string): ClusterObject {
    const found = this.of(kind, namespace).filter(({ metadata }) => metadata.name === name);
    const [object] = found;
    if (object === undefined || found.length > 1) throw new Error(`${found.length} objects are ${kind} ${name}`);
    return object;
  }
}

/** One program at a time: what stands in for the engine belongs to the process. */
let before: Promise<unknown> = Promise.resolve();

/** Runs what registers resources once nothing else does. */
export function alone<Result>(register: () => Promise<Result>): Promise<Result> {
  const run = before.then(register);
  before = run.catch(() => undefined);
  return run;
}

/** The resources that a program registers. */
export const registrations = (program: (options: ComponentResourceOptions) => void): Promise<readonly Registered[]> =>
  alone(() => registrationsOf(() => program({}), { project: 'mainstay', stack: 'test' }));

/** The objects that a program registers, read back from what is written. */
export async function rendered(program: (options: ComponentResourceOptions) => void): Promise<ClusterObjects> {
  const manifests = manifestsOf(await registrations(program));
  return new ClusterObjects(manifests.map(({ text }) => manifestOf(text) as unknown as ClusterObject));
}

/** Digest of an image that was released. */
export const digest = `sha256:${'a'.repeat(64)}`;

/** RetailFlow's cluster with something changed, and with what was released and told. */
export const clusterOf = (
  patch: unknown = {},
  given: { readonly releases?: Releases; readonly outputs?: SiteOutputs } = {},
): ClusterContext =>
  clusterContext({
    platform: resolved(retailflowWith(patch)),
    releases: given.releases ?? {},
    outputs: given.outputs ?? { identities: {} },
  });

/** Everything in RetailFlow's cluster with something changed. Rendered once for each change. */
export const wholeCluster = remember((patch: unknown = {}, releases: Releases = {}) =>
  rendered(() => registerCluster(clusterOf(patch, { releases }), 'everything')),
);

/** Every service of RetailFlow, released. */
export const released = Object.fromEntries(
  ['analytics', 'catalog', 'notification', 'order', 'payment', 'user'].map((service) => [service, { digest }]),
);

/** What a release of a service changes to. */
export const serviceOf = (service: string, patch: unknown): unknown => ({ services: { [service]: patch } });
