import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { root } from '../bin/inputs';
import { METADATA, type Fields } from '../lib/review/kubernetes/schema';
import { LEFT_OUT } from './custom-schema';
import { classFields, declarationOf, parse, type Written } from './declarations';

const models = join(root, 'node_modules/@kubernetes/client-node/dist/gen/models');
const wordy = join(root, 'node_modules/kubernetes-models');
const machinery = join(root, 'node_modules/@kubernetes-models/apimachinery');

/** What only the cluster says of an object. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  V1ObjectMeta: [
    'creationTimestamp',
    'deletionGracePeriodSeconds',
    'deletionTimestamp',
    'generateName',
    'generation',
    'managedFields',
    'resourceVersion',
    'selfLink',
    'uid',
  ],
};

/** How the client writes a value down, and the schema. */
const SCALARS: Readonly<Record<string, string>> = {
  any: 'any',
  Date: 'date',
  IntOrString: 'int-or-string',
  object: 'any',
};

/** A field as the client reads and writes it. */
interface Mapped {
  readonly name: string;
  /** Name in Kubernetes: the client's own name differs where it is a word of the language. */
  readonly baseName: string;
  readonly type: string;
  readonly format: string;
}

/** The kinds of Kubernetes itself that a cluster is made of: group and version, kind, and class of the client. */
export const builtInKinds: readonly (readonly [apiVersion: string, kind: string, type: string])[] = [
  ['apps/v1', 'DaemonSet', 'V1DaemonSet'],
  ['apps/v1', 'Deployment', 'V1Deployment'],
  ['apps/v1', 'StatefulSet', 'V1StatefulSet'],
  ['autoscaling/v2', 'HorizontalPodAutoscaler', 'V2HorizontalPodAutoscaler'],
  ['batch/v1', 'CronJob', 'V1CronJob'],
  ['batch/v1', 'Job', 'V1Job'],
  ['networking.k8s.io/v1', 'NetworkPolicy', 'V1NetworkPolicy'],
  ['policy/v1', 'PodDisruptionBudget', 'V1PodDisruptionBudget'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'V1ClusterRole'],
  ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'V1ClusterRoleBinding'],
  ['rbac.authorization.k8s.io/v1', 'Role', 'V1Role'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding', 'V1RoleBinding'],
  ['scheduling.k8s.io/v1', 'PriorityClass', 'V1PriorityClass'],
  ['v1', 'ConfigMap', 'V1ConfigMap'],
  ['v1', 'LimitRange', 'V1LimitRange'],
  ['v1', 'Namespace', 'V1Namespace'],
  ['v1', 'ResourceQuota', 'V1ResourceQuota'],
  ['v1', 'Service', 'V1Service'],
  ['v1', 'ServiceAccount', 'V1ServiceAccount'],
];

/**
 * Extracts types of Kubernetes: fields, their types and which must be given from the client of the very version, and the
 * words that a text may be from the models that list them.
 */
export class BuiltInTypes {
  public readonly types: Record<string, Fields> = {};

  /** Adds a kind, with everything that it is made of. */
  public addKind(apiVersion: string, kind: string, type: string): void {
    this.add(type, join(wordy, apiVersion, `${kind}.d.ts`), LEFT_OUT);
  }

  /** Adds what every object says of itself. */
  public addMetadata(): void {
    this.add(METADATA, join(machinery, 'apis/meta/v1/ObjectMeta.d.ts'));
  }

  /** The type that a declaration of another package stands for, added with everything that it is made of. */
  public forDeclaration(file: string): string | undefined {
    const inside = [wordy, machinery].find((each) => file.startsWith(`${each}/`));
    const [version = '', name = ''] = file
      .replace(/\.d\.ts$/, '')
      .split('/')
      .slice(-2);
    const type = `${version.charAt(0).toUpperCase()}${version.slice(1)}${name}`;
    if (inside === undefined || !existsSync(join(models, `${type}.js`))) return undefined;
    this.add(type, file);
    return type;
  }

  private add(type: string, wordsIn: string | undefined, leftOut: readonly string[] = TOLD[type] ?? []): void {
    if (type in this.types) return;
    const target: Record<string, string> = {};
    this.types[type] = target;
    const required = new Set(
      classFields(type, join(models, `${type}.d.ts`))
        .filter((field) => field.required)
        .map(({ name }) => name),
    );
    const words = wordsOf(wordsIn);
    for (const { baseName, format, name, type: mapped } of mappedFields(type)) {
      if (leftOut.includes(baseName)) continue;
      const given = this.type(mapped, format, words.get(baseName));
      target[baseName] = `${given}${required.has(name) ? '!' : ''}`;
    }
  }

  private type(mapped: string, format: string, words: Written | undefined): string {
    const list = /^Array<(.+)>$/.exec(mapped)?.[1];
    if (list !== undefined) return `[${this.type(list, format, itemOf(words))}]`;
    const map = /^\{ \[key: string\]: (.+); \}$/.exec(mapped)?.[1];
    if (map !== undefined) return `{${this.type(map, format, valueOf(words))}}`;
    if (mapped === 'number') return format.startsWith('int') ? 'integer' : 'number';
    if (mapped === 'string') return textType(words, format);
    if (mapped === 'boolean') return mapped;
    const scalar = SCALARS[mapped];
    if (scalar !== undefined) return scalar;
    this.add(mapped, objectFile(words));
    return mapped;
  }
}

/** The client's own list of a type's fields. */
function mappedFields(type: string): readonly Mapped[] {
  const file = join(models, `${type}.js`);
  const found = new RegExp(`${type}\\.attributeTypeMap = (\\[[\\s\\S]*?\\n?\\]);`).exec(
    readFileSync(file, 'utf8'),
  )?.[1];
  if (found === undefined) throw new Error(`${relative(root, file)} must list the fields of ${type}`);
  return JSON.parse(found) as readonly Mapped[];
}

/** The fields of the model that lists words, by name; none where there is no such model. */
function wordsOf(file: string | undefined): ReadonlyMap<string, Written> {
  if (file === undefined || !existsSync(file)) return new Map();
  const name = `I${file.replace(/^.*\/|\.d\.ts$/g, '')}`;
  const declared = declarationOf(name, file);
  return new Map(declared.kind === 'object' ? declared.fields.map((field) => [field.name, field]) : []);
}

/** What a text is like: any, one of some words, or an amount. */
function textType(words: Written | undefined, format: string): string {
  if (format === 'date-time') return 'date';
  if (words === undefined) return 'string';
  const { node } = words;
  if (ts.isUnionTypeNode(node)) {
    const texts = node.types.map((each) =>
      ts.isLiteralTypeNode(each) && ts.isStringLiteral(each.literal) ? each.literal.text : '',
    );
    // Models write null down for what may be left out.
    const said = texts.filter((text) => text !== '');
    if (said.length > 0)
      return said
        .sort()
        .map((text) => JSON.stringify(text))
        .join('|');
  }
  return referenceName(words) === 'IIoK8sApimachineryPkgApiResourceQuantity' ? 'quantity' : 'string';
}

const referenceName = ({ node }: Written): string =>
  ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) ? node.typeName.text : '';

function itemOf(words: Written | undefined): Written | undefined {
  if (words === undefined || referenceName(words) !== 'Array') return undefined;
  const [node] = (words.node as ts.TypeReferenceNode).typeArguments ?? [];
  return node === undefined ? undefined : { file: words.file, node };
}

function valueOf(words: Written | undefined): Written | undefined {
  if (words === undefined || !ts.isTypeLiteralNode(words.node)) return undefined;
  const index = words.node.members.find((each) => ts.isIndexSignatureDeclaration(each));
  return index === undefined ? undefined : { file: words.file, node: index.type };
}

/** The file of the model that a field names. */
function objectFile(words: Written | undefined): string | undefined {
  if (words === undefined || referenceName(words) === '') return undefined;
  const declared = declarationOf(referenceName(words), words.file);
  return declared.kind === 'object' ? declared.file : undefined;
}

/** Version of an installed package. */
export const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version;

/** The version of Kubernetes that the client was made from. */
export function kubernetesVersion(): string {
  const found = /OpenAPI spec version: v([\d.]+)/.exec(parse(join(models, 'V1Deployment.d.ts')).text)?.[1];
  if (found === undefined) throw new Error(`${relative(root, dirname(models))} must say its version of Kubernetes`);
  return found;
}
