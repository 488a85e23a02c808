import { sorted } from '../platform/order';
import { yamlOf, type Plain, type PlainObject } from './yaml';

/** A resource as a program registered it. */
export interface Registered {
  /** Type as Pulumi has it: `kubernetes:apps/v1:Deployment`. */
  readonly type: string;
  /** Logical name in the program. */
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A file of the rendered cluster. */
export interface Manifest {
  /** Path below the cluster's folder: `retailflow-order/deployment-order.yaml`. */
  readonly file: string;
  readonly text: string;
}

/** Folder of what belongs to no namespace. */
const clusterFolder = 'cluster';

/** Type of a Helm release, which is listed with its chart and values: Helm renders it when it is installed. */
const releaseType = 'kubernetes:helm.sh/v3:Release';

/** Resources of Pulumi itself, which no cluster has. */
const isPulumis = ({ type }: Registered): boolean => type.startsWith('pulumi:');

/** What holds further objects that nobody sees before they are in the cluster, and so cannot be reviewed. */
const opaque = /^kubernetes:(helm\.sh\/v\d+:Chart|yaml\/v2:|yaml:|kustomize)/;

/** How Pulumi marks a secret among plain values. */
const secretMark = '4dabf18193072939515e22adb298388d';

/** An object as it is written down. */
interface Written extends PlainObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/**
 * The files of a cluster, sorted by path: one an object, and one a Helm release. The same resources give the same bytes, in
 * whichever order they come.
 *
 * @throws Error that lists every resource which cannot be rendered, holds a secret, has no name, or stands twice.
 */
export function manifestsOf(resources: readonly Registered[]): readonly Manifest[] {
  const given = resources.filter((resource) => !isPulumis(resource));
  const refused = given.flatMap((resource) =>
    refusals(resource).map((why) => `${resource.type} ${resource.name} ${why}`),
  );
  const files = given.filter((resource) => refusals(resource).length === 0).map(manifestOf);
  const twice = files
    .map(({ file }) => file)
    .filter((file, index, all) => all.indexOf(file) !== index)
    .map((file) => `${file} must be registered once, got two objects: rename one`);
  const problems = [...refused, ...twice].sort();
  if (problems.length > 0)
    throw new Error(`manifests cannot be rendered:\n${problems.map((each) => `  ${each}`).join('\n')}`);
  return files.sort((a, b) => (a.file < b.file ? -1 : 1));
}

function refusals({ inputs, type }: Registered): readonly string[] {
  const metadata = (inputs['metadata'] ?? {}) as Partial<Written['metadata']>;
  if (opaque.test(type))
    return ['must be objects of their own, or a Helm release, to be seen in a review: register them so'];
  if (!type.startsWith('kubernetes:')) return ['must be of Kubernetes, got another provider: a cluster takes no other'];
  return [
    ...(JSON.stringify(inputs).includes(secretMark)
      ? [
          'must hold no secret, since manifests are read by many: keep it in the vault, and name it by an ExternalSecret',
        ]
      : []),
    ...(type === 'kubernetes:core/v1:Secret'
      ? ['must not be registered, since manifests are read by many: let an ExternalSecret make it']
      : []),
    ...(type !== releaseType && typeof metadata.name !== 'string'
      ? ['must have metadata.name: Kubernetes would make a name that nobody knows']
      : []),
  ];
}

function manifestOf(resource: Registered): Manifest {
  const written = resource.type === releaseType ? releaseOf(resource) : objectOf(resource);
  const { kind, metadata } = written;
  const folder = kind === 'Namespace' ? metadata.name : (metadata.namespace ?? clusterFolder);
  return {
    file: `${folder}/${kind.toLowerCase()}-${metadata.name}.yaml`,
    text: yamlOf(sorted(written)),
  };
}

/** Without what was left out, which YAML would spell `null`. */
const objectOf = ({ inputs }: Registered): Written => JSON.parse(JSON.stringify(inputs)) as Written;

/** What a release installs, and with which values. */
function releaseOf({ inputs, name }: Registered): Written {
  const { chart, namespace, repositoryOpts, values, version } = inputs as {
    readonly chart: string;
    readonly namespace?: string;
    readonly repositoryOpts?: { readonly repo?: string };
    readonly values?: unknown;
    readonly version?: string;
  };
  return {
    apiVersion: 'helm.sh/v3',
    kind: 'Release',
    metadata: {
      name: typeof inputs['name'] === 'string' ? inputs['name'] : name,
      ...(namespace === undefined ? {} : { namespace }),
    },
    spec: JSON.parse(JSON.stringify({ chart, repository: repositoryOpts?.repo, version, values })) as Plain,
  };
}
