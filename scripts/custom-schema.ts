import { basename, dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { root } from '../bin/inputs';
import type { Fields } from '../lib/review/kubernetes/schema';
import { declarationOf, fieldsOf, parse, type Field, type Written } from './declarations';

/** Names of packages that say how Kubernetes writes a value down, in place of an object. */
const SCALARS: Readonly<Record<string, string>> = {
  IQuantity: 'quantity',
  IIntOrString: 'int-or-string',
  ITime: 'date',
  IMicroTime: 'date',
  IJSON: 'any',
  IRawExtension: 'any',
  IFieldsV1: 'any',
};

/**
 * Which fields of a type are kept, where a project knows dozens of systems and a platform one or two: what is left out
 * is refused as unknown.
 */
export const kept: Readonly<Record<string, readonly string[]>> = {
  'argo-rollouts/MetricProvider': ['job', 'prometheus'],
  'argo-rollouts/RolloutTrafficRouting': ['istio', 'managedRoutes', 'maxTrafficWeight'],
  'cert-manager/IssuerSpec': ['ca', 'selfSigned'],
  'external-secrets/SecretStoreProvider': ['aws', 'azurekv'],
  'keda/TriggerAuthenticationSpec': ['podIdentity', 'secretTargetRef'],
  'argo-cd/ApplicationSource': ['chart', 'directory', 'name', 'path', 'ref', 'repoURL', 'targetRevision'],
  'argo-cd/ApplicationSpec': [
    'destination',
    'ignoreDifferences',
    'info',
    'project',
    'revisionHistoryLimit',
    'source',
    'syncPolicy',
  ],
};

/** Fields that a rendered object does not have: what it is, which is said elsewhere, and what the cluster tells. */
export const LEFT_OUT = ['apiVersion', 'kind', 'metadata', 'status'];

/** Types that the language has a word for. */
const KEYWORDS: ReadonlyMap<ts.SyntaxKind, string> = new Map([
  [ts.SyntaxKind.AnyKeyword, 'any'],
  [ts.SyntaxKind.BooleanKeyword, 'boolean'],
  [ts.SyntaxKind.NumberKeyword, 'number'],
  [ts.SyntaxKind.StringKeyword, 'string'],
  [ts.SyntaxKind.UnknownKeyword, 'any'],
]);

/** Extracts the types of custom resources of one project. */
export class CustomTypes {
  public readonly types: Record<string, Fields> = {};
  /** Files that declare the types, since versions of a project use one name for several. */
  private readonly declaredIn = new Map<string, string>();

  /**
   * @param project as its package is called: `istio`
   * @param builtIn the type of Kubernetes itself that a declaration stands for, if it is one
   */
  public constructor(
    private readonly project: string,
    private readonly builtIn: (file: string) => string | undefined,
  ) {}

  /** Adds a kind, with everything that it is made of. */
  public add(kind: string, file: string): void {
    const declared = declarationOf(`I${kind}`, file);
    if (declared.kind !== 'object') throw new Error(`${file} must declare the fields of ${kind}`);
    this.object(
      kind,
      declared.fields.filter(({ name }) => !LEFT_OUT.includes(name)),
    );
  }

  private object(name: string, fields: readonly Field[], choice: readonly string[] = []): string {
    if (name in this.types) return name;
    const only = kept[`${this.project}/${name}`];
    const taken = fields
      .filter((field) => only?.includes(field.name) !== false)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const target: Record<string, string> = {};
    this.types[name] = target;
    for (const field of taken) {
      target[field.name] = `${this.type(field, `${name}.${field.name}`)}${field.required ? '!' : ''}`;
    }
    if (choice.length > 0) target['*'] = `one of ${choice.join(', ')}`;
    return name;
  }

  private type({ file, node }: Written, at: string): string {
    const keyword = KEYWORDS.get(node.kind);
    if (keyword !== undefined) return keyword;
    if (ts.isParenthesizedTypeNode(node)) return this.type({ file, node: node.type }, at);
    if (ts.isLiteralTypeNode(node)) return literal(node);
    if (ts.isTypeLiteralNode(node)) return this.literal(node, file, at);
    if (ts.isUnionTypeNode(node)) return this.union(node, file, at);
    if (ts.isIntersectionTypeNode(node)) return this.chosen(node, file, at);
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) return this.reference(node, file, at);
    throw new Error(`${relative(root, file)}: ${at} must be a type that a schema can say, got ${text(node, file)}`);
  }

  private literal(node: ts.TypeLiteralNode, file: string, at: string): string {
    const index = node.members.find((each) => ts.isIndexSignatureDeclaration(each));
    if (index !== undefined) return `{${this.type({ file, node: index.type }, at)}}`;
    return node.members.length === 0 ? 'any' : this.object(at, fieldsOf(node.members, file));
  }

  private union(node: ts.UnionTypeNode, file: string, at: string): string {
    const types = [
      ...new Set(node.types.filter((each) => !isNull(each)).map((each) => this.type({ file, node: each }, at))),
    ];
    if (types.every((type) => type.startsWith('"'))) return types.join('|');
    if (types.length === 1) return types[0] ?? 'any';
    if (types.sort().join() === 'number,string') return 'int-or-string';
    throw new Error(`${relative(root, file)}: ${at} must be of one type, got ${types.join(', ')}`);
  }

  /** An object of which some fields exclude each other: the object, and with what else it may be. */
  private chosen(node: ts.IntersectionTypeNode, file: string, at: string): string {
    const [base, ...others] = node.types.map((each) => (ts.isParenthesizedTypeNode(each) ? each.type : each));
    if (base === undefined || !ts.isTypeLiteralNode(base)) {
      throw new Error(`${relative(root, file)}: ${at} must begin with its fields, got ${text(node, file)}`);
    }
    const fields = fieldsOf(base.members, file);
    const optional = new Set(fields.filter(({ required }) => !required).map(({ name }) => name));
    const alternatives = others
      .flatMap((each) => (ts.isUnionTypeNode(each) ? each.types : []))
      .filter((each) => ts.isTypeLiteralNode(each))
      .map((each) => fieldsOf(each.members, file).filter(({ name, required }) => required && optional.has(name)));
    const choice = alternatives.flatMap((each) => (each.length === 1 ? each.map(({ name }) => name) : []));
    return this.object(at, fields, [...new Set(choice)].sort());
  }

  private reference(node: ts.TypeReferenceNode, file: string, at: string): string {
    const name = (node.typeName as ts.Identifier).text;
    const [argument, value] = node.typeArguments ?? [];
    if (name === 'Array' && argument !== undefined) return `[${this.type({ file, node: argument }, at)}]`;
    if (name === 'Record' && value !== undefined) return `{${this.type({ file, node: value }, at)}}`;
    const declared = declarationOf(name, file);
    const own = declared.kind === 'object' ? declared.name : `I${declared.file.replace(/^.*\/|\.d\.ts$/g, '')}`;
    const scalar = SCALARS[own];
    if (scalar !== undefined) return scalar;
    if (declared.kind === 'alias') return this.type(declared, at);
    return this.builtIn(declared.file) ?? this.object(this.nameOf(declared.name, declared.file), declared.fields);
  }

  /** Name of a declared type: its own, or with the folder that it lies in where another has it. */
  private nameOf(declared: string, file: string): string {
    const own = declared.replace(/^I/, '');
    const name = (this.declaredIn.get(own) ?? file) === file ? own : `${basename(dirname(file))}/${own}`;
    this.declaredIn.set(name, file);
    return name;
  }
}

const literal = ({ literal }: ts.LiteralTypeNode): string =>
  ts.isStringLiteral(literal) ? JSON.stringify(literal.text) : 'any';

const isNull = (node: ts.TypeNode): boolean =>
  ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword;

const text = (node: ts.Node, file: string): string => parse(file).text.slice(node.pos, node.end).trim().slice(0, 80);

/** A custom resource whose type the constructs use. */
export interface CustomKind {
  readonly project: string;
  /** `networking.istio.io/v1` */
  readonly apiVersion: string;
  readonly kind: string;
  readonly file: string;
}

/** Every custom resource whose type the constructs use, as one file of them says. */
export function customKinds(): readonly CustomKind[] {
  const file = join(root, 'lib/kubernetes/custom-types.ts');
  return parse(file)
    .statements.flatMap((statement) => {
      if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined) return [];
      const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
      const [, project, apiVersion = '', kind = ''] =
        /^@kubernetes-models\/([^/]+)\/(.+)\/([^/]+)$/.exec(specifier) ?? [];
      if (project === undefined) return [];
      return [{ project, apiVersion, kind, file: join(root, 'node_modules', `${specifier}.d.ts`) }];
    })
    .concat(eksKinds)
    .sort((a, b) => (a.file < b.file ? -1 : 1));
}

/** Kinds of EKS, which nobody publishes. */
const eksKinds: readonly CustomKind[] = ['NodeClass', 'TargetGroupBinding'].map((kind) => ({
  project: 'eks',
  apiVersion: 'eks.amazonaws.com/v1',
  kind,
  file: join(root, 'lib/kubernetes/eks-types.ts'),
}));
