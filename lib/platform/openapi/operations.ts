import type { Problem } from '../error';
import { everyMethod } from '../methods';
import type { ContractPath } from '../nouns/contracts';
import { isTemplated } from './contract';
import { fieldsOf, lostReferences, methodsOf, parametersOf, shapeOf, type Fields } from './fields';

/** What a route's path may be made of, and parameters. */
const pathText = /^(?:\/(?:[A-Za-z0-9_.-]|\{[A-Za-z0-9_-]+\})+)+$/;

/** The paths of a document that OpenAPI takes, and their methods, sorted. */
export const pathsOf = (document: unknown): readonly ContractPath[] =>
  Object.entries(fieldsOf(fieldsOf(document)['paths']))
    .map(([path, item]) => ({
      path,
      methods: methodsOf(fieldsOf(item))
        .map((method) => method.toUpperCase())
        .sort(),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));

/** Names of the parameters of a path among those that an operation declares. */
const inPath = (document: unknown, item: Fields, method: string): readonly string[] =>
  parametersOf(document, item, method)
    .filter((each) => each['in'] === 'path')
    .map(({ name }) => String(name));

function parameterProblems(document: unknown, path: string, item: Fields): readonly Problem[] {
  const named = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
  return methodsOf(item).flatMap((method) => {
    const told = inPath(document, item, method);
    return [
      ...named
        .filter((name) => !told.includes(name))
        .map((name) => ({
          path: `paths.${path}.${method}.parameters`,
          got: told,
          allowed: `a list with ${name}, which stands in the path`,
          remedy: `declare ${name} with in: path and required: true`,
        })),
      ...told
        .filter((name) => !named.includes(name))
        .map((name) => ({
          path: `paths.${path}.${method}.parameters`,
          got: name,
          allowed: 'a parameter that stands in the path, where in is path',
          remedy: `write {${name}} into the path, or remove the parameter`,
        })),
    ];
  });
}

/** What nobody can read would be needed by nobody: neither by clients nor by who compares contracts. */
const referenceProblems = (document: unknown, path: string, item: Fields): readonly Problem[] =>
  methodsOf(item).flatMap((method) =>
    lostReferences(document, item, method).map((reference) => ({
      path: `paths.${path}.${method}`,
      got: reference,
      allowed: 'a reference to something in the same file, such as #/components/parameters/page',
      remedy: 'write it there, or correct the reference',
    })),
  );

function itemProblems(document: unknown, path: string, item: Fields): readonly Problem[] {
  const at = `paths.${path}`;
  return [
    ...(pathText.test(path)
      ? []
      : [
          {
            path: at,
            got: path,
            allowed: 'segments of letters, digits, _ . - and {parameters}, without a slash at the end',
            remedy: 'correct the path; a query is no part of it',
          },
        ]),
    ...(['$ref', 'servers'] as const)
      .filter((word) => item[word] !== undefined)
      .map((word) => ({
        path: `${at}.${word}`,
        got: item[word],
        allowed: 'absent: the gateway reads paths where they stand, below the domain of the stage',
        remedy: word === '$ref' ? 'write the path here' : 'remove it',
      })),
    ...methodsOf(item)
      .filter((method) => !everyMethod.some((each) => each === method.toUpperCase()))
      .map((method) => ({
        path: `${at}.${method}`,
        got: method.toUpperCase(),
        allowed: `one of ${everyMethod.join(', ')}, which the gateway lets in`,
        remedy: 'remove it',
      })),
    ...referenceProblems(document, path, item),
    ...parameterProblems(document, path, item),
  ];
}

/** What a document that OpenAPI takes says and the gateway cannot keep to. */
export function operationProblems(document: unknown): readonly Problem[] {
  const { paths, servers } = fieldsOf(document);
  const items = Object.entries(fieldsOf(paths));
  return [
    ...(servers === undefined
      ? []
      : [
          {
            path: 'servers',
            got: servers,
            allowed: 'absent: paths are those below the domain of the stage',
            remedy: 'remove it, and write whole paths',
          },
        ]),
    ...(items.length === 0
      ? [
          {
            path: 'paths',
            got: paths,
            allowed: 'given, with a path at least',
            remedy: 'write what the service answers',
          },
        ]
      : []),
    ...items.flatMap(([path, item]) => itemProblems(document, path, fieldsOf(item))),
    ...sameShape(items.map(([path]) => path)),
  ];
}

/** Two paths that differ in the names of parameters alone are one. */
function sameShape(paths: readonly string[]): readonly Problem[] {
  return paths
    .filter(
      (path, index) => isTemplated({ path }) && paths.findIndex((each) => shapeOf(each) === shapeOf(path)) < index,
    )
    .map((path) => ({
      path: `paths.${path}`,
      got: path,
      allowed: 'another path than those before it, and only names of parameters differ',
      remedy: 'write its methods under one of them',
    }));
}
