import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPlatform, platformNames, root, stagesOn } from '../../../bin/inputs';
import { siteOn } from '../../../lib/platform/platform';
import { kindNames, kindOf } from '../../../lib/review/kubernetes/schema';
import { customKinds, kept } from '../../../scripts/custom-schema';
import { schemaFiles } from '../../../scripts/kubernetes-schema';

const directory = join(root, 'lib/review/kubernetes/data/schemas');

test('the schemas are those of the installed packages', () => {
  const files = schemaFiles();
  expect(readdirSync(directory).sort()).toEqual(Object.keys(files).sort());
  for (const [file, text] of Object.entries(files)) expect(readFileSync(join(directory, file), 'utf8')).toBe(text);
});

test('they are of the version of Kubernetes that platforms run', () => {
  const { source } = JSON.parse(readFileSync(join(directory, 'kubernetes.json'), 'utf8')) as { source: string };
  const versions = platformNames().flatMap((name) =>
    stagesOn(name, 'azure').map((stage) => siteOn(loadPlatform(name, stage).platform, 'azure')?.kubernetes.version),
  );
  expect(versions.length).toBeGreaterThan(0);
  for (const version of versions) expect(source).toContain(`(Kubernetes ${version}.`);
});

test('every custom resource that constructs use has a schema', () => {
  const names = customKinds().map(({ apiVersion, kind }) => `${apiVersion} ${kind}`);
  expect(names.length).toBeGreaterThan(0);
  expect(names.filter((name) => !kindNames().includes(name))).toEqual([]);
});

test('what is kept of a type is there', () => {
  for (const [name, fields] of Object.entries(kept)) {
    const [project = '', type = ''] = name.split('/');
    const { types } = JSON.parse(readFileSync(join(directory, `${project}.json`), 'utf8')) as {
      types: Readonly<Record<string, object>>;
    };
    expect(Object.keys(types[type] ?? {})).toEqual([...fields].sort());
  }
});

test('a kind is told by its version', () => {
  expect(kindOf('apps/v1', 'Deployment')?.fields).toEqual({ spec: 'V1DeploymentSpec' });
  expect(kindOf('apps/v1beta1', 'Deployment')).toBeUndefined();
});

test('a field has the name that Kubernetes gives it, and not the one that a language allows', () => {
  const typeOf = kindOf('networking.k8s.io/v1', 'NetworkPolicy')?.typeOf;
  expect(Object.keys(typeOf?.('V1NetworkPolicyIngressRule') ?? {})).toEqual(['from', 'ports']);
});
