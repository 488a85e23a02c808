import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { root } from '../bin/inputs';

/** A type as it is written in a file of declarations. */
export interface Written {
  readonly file: string;
  readonly node: ts.TypeNode;
}

/** A field of an object as it is written. */
export interface Field extends Written {
  readonly name: string;
  readonly required: boolean;
}

/** A declaration that a name leads to: the fields of an object, or what the name stands for. */
export type Declaration =
  | { readonly kind: 'object'; readonly file: string; readonly name: string; readonly fields: readonly Field[] }
  | ({ readonly kind: 'alias' } & Written);

const parsed = new Map<string, ts.SourceFile>();

/** The syntax of a file of declarations. Read once. */
export function parse(file: string): ts.SourceFile {
  const known = parsed.get(file) ?? ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
  parsed.set(file, known);
  return known;
}

/** The file that a module stands for, of a package or beside the file that imports it. */
export function fileOf(specifier: string, from: string): string {
  const path = specifier.startsWith('.')
    ? join(dirname(from), specifier.replace(/\.js$/, ''))
    : join(root, 'node_modules', specifier);
  const file = [`${path}.d.ts`, join(path, 'index.d.ts')].find((each) => existsSync(each));
  if (file === undefined) throw new Error(`${from} imports ${specifier}, which has no declarations`);
  return file;
}

/** What a file exports under a name, followed through what it imports and exports again. */
export function declarationOf(name: string, file: string): Declaration {
  for (const statement of parse(file).statements) {
    if (ts.isInterfaceDeclaration(statement) && statement.name.text === name) {
      const own = fieldsOf(statement.members, file);
      return { kind: 'object', file, name, fields: [...inherited(statement, file), ...own] };
    }
    if (ts.isTypeAliasDeclaration(statement) && statement.name.text === name) {
      return { kind: 'alias', file, node: statement.type };
    }
    const [original, specifier] = bindingOf(statement, name);
    if (original !== undefined) {
      return declarationOf(original, specifier === undefined ? file : fileOf(specifier, file));
    }
  }
  throw new Error(`${file} must declare ${name}`);
}

/** What every object has, which its own fields say better. */
const COMMON = 'TypeMeta';

/** The fields that an interface has of those that it extends. */
const inherited = ({ heritageClauses }: ts.InterfaceDeclaration, file: string): readonly Field[] =>
  [...(heritageClauses ?? [])]
    .flatMap(({ types }) => [...types])
    .flatMap(({ expression }) => {
      if (!ts.isIdentifier(expression) || expression.text === COMMON) return [];
      const declared = declarationOf(expression.text, file);
      return declared.kind === 'object' ? declared.fields : [];
    });

/** How a statement brings a name into a file: under which name it was declared, and in which module if not here. */
function bindingOf(
  statement: ts.Statement,
  name: string,
): readonly [original: string | undefined, specifier: string | undefined] {
  const bindings = ts.isImportDeclaration(statement)
    ? statement.importClause?.namedBindings
    : ts.isExportDeclaration(statement)
      ? statement.exportClause
      : undefined;
  if (bindings === undefined || !(ts.isNamedImports(bindings) || ts.isNamedExports(bindings))) {
    return [undefined, undefined];
  }
  const elements: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[] = bindings.elements;
  const found = elements.find((each) => each.name.text === name);
  if (found === undefined || (found.propertyName === undefined && ts.isNamedExports(bindings) && isOwn(statement))) {
    return [undefined, undefined];
  }
  return [(found.propertyName ?? found.name).text, moduleOf(statement)];
}

const moduleOf = (statement: ts.Statement): string | undefined => {
  const { moduleSpecifier } = statement as ts.ImportDeclaration | ts.ExportDeclaration;
  return moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
};

/** An export of what the same file declares. */
const isOwn = (statement: ts.Statement): boolean => moduleOf(statement) === undefined;

/** The fields among members of an object. */
export const fieldsOf = (members: ts.NodeArray<ts.TypeElement | ts.ClassElement>, file: string): readonly Field[] =>
  members.flatMap((member) => {
    if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) return [];
    if (ts.isPropertyDeclaration(member) && member.modifiers !== undefined) return [];
    if (member.type === undefined || !(ts.isStringLiteral(member.name) || ts.isIdentifier(member.name))) return [];
    return [{ name: member.name.text, required: member.questionToken === undefined, file, node: member.type }];
  });

/** The fields of a class. */
export function classFields(name: string, file: string): readonly Field[] {
  const found = parse(file).statements.find(
    (each): each is ts.ClassDeclaration => ts.isClassDeclaration(each) && each.name?.text === name,
  );
  if (found === undefined) throw new Error(`${file} must declare the class ${name}`);
  return fieldsOf(found.members, file);
}
