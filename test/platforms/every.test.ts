import { cpSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPlatform, loadStatefulLock, platformNames, stagesOn } from '../../bin/inputs';
import { removeTraces } from '../../bin/traces';
import { reviewAssembly } from '../../lib/review/aws/review';
import { synthesize, synthesized } from '../support/assembly';
import { Graph } from './support/graph';

/** CloudFormation takes 500 resources a stack; what is near grows over it. */
const mostResources = 450;

const domainList = 'AWS::Route53Resolver::FirewallDomainList';

/** Every file of an assembly, with what it says once no traces are in it. */
function filesOf(assembly: string): Readonly<Record<string, string>> {
  const directory = mkdtempSync(join(tmpdir(), 'mainstay-bytes-'));
  cpSync(assembly, directory, { recursive: true });
  removeTraces(directory);
  return Object.fromEntries(
    readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(directory.length), readFileSync(path, 'latin1')] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const stages = platformNames().flatMap((name) => stagesOn(name, 'aws').map((stage) => ({ name, stage })));

test('there are platforms with stages on AWS', () => {
  expect(stages.length).toBeGreaterThan(0);
});

describe.each(stages)('$name in $stage', ({ name, stage }) => {
  const { assembly, directory } = synthesized(name, stage);
  const graph = new Graph(assembly);

  test('passes every rule of the review', async () => {
    const { platform } = loadPlatform(name, stage);
    const retention = { deletionProtection: platform.stage.protected };
    expect(await reviewAssembly(directory, { lock: loadStatefulLock(), retention })).toEqual([]);
  });

  test('needs to know nothing of an account', () => {
    expect(assembly.stacks.filter(({ missing }) => missing.length > 0).map((stack) => stack.name)).toEqual([]);
  });

  test('stands in accounts and regions that are named', () => {
    const unnamed = assembly.stacks.filter(
      ({ account, region }) => !/^\d{12}$/.test(account) || !/^[a-z]+-/.test(region),
    );
    expect(unnamed.map((stack) => stack.name)).toEqual([]);
  });

  test('refers to nothing that is not there', () => {
    const text = graph.blocks.map((block) => ({ path: block.path, body: JSON.stringify(block.body) }));
    expect(text.filter(({ body }) => body.includes('${unresolved')).map(({ path }) => path)).toEqual([]);
  });

  test('finds by name whatever tasks and functions in the network are told to call', () => {
    const resources = assembly.stacks.flatMap((stack) => stack.resources);
    const [known] = resources.filter(({ path, type }) => type === domainList && path.endsWith('/Known'));
    const names = known?.properties.Domains;
    if (!Array.isArray(names)) throw new Error('the names that are known must be a list');
    const isFound = (host: string): boolean =>
      names.some((name) => name === host || (String(name).startsWith('*.') && host.endsWith(String(name).slice(1))));
    const told = resources
      .filter(({ properties, type }) => type === 'AWS::ECS::TaskDefinition' || properties.VpcConfig !== undefined)
      .flatMap(({ properties }) => [
        ...JSON.stringify(properties).matchAll(/https?:\/\/([a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]+)/g),
      ])
      .map(([, host = '']) => host);
    // The address of the pages stands in links, and customers call it.
    const { domain } = loadPlatform(name, stage).platform.stage;
    const called = [...new Set(told)].filter((host) => host !== domain);
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((host) => !isFound(host))).toEqual([]);
  });

  test('tells every resource from every other by its path', () => {
    const paths = graph.blocks.map(({ path }) => path);
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  });

  test('deploys a stack after those that it reads from', () => {
    const late = graph.sheets.flatMap(({ name: reader, stack }) => {
      const read = [...JSON.stringify(stack.template).matchAll(/"StackName":"([^"]+)"/g)].map(([, each]) => each);
      const known = assembly.stacks
        .filter((each) => stack.dependencies.includes(each.name))
        .map((each) => each.stackName);
      return [...new Set(read)].filter((each) => !known.includes(each ?? '')).map((each) => `${reader} before ${each}`);
    });
    expect(late).toEqual([]);
  });

  test('has room to grow in every stack', () => {
    const sizes = assembly.stacks.map((stack) => ({ stack: stack.name, resources: stack.resources.length }));
    expect(sizes.filter(({ resources }) => resources === 0 || resources >= mostResources)).toEqual([]);
  });

  test('gives the same bytes again: templates, asset files, manifests', () => {
    const [first, second] = [filesOf(directory), filesOf(synthesize(loadPlatform(name, stage)).directory)];
    expect(Object.keys(second)).toEqual(Object.keys(first));
    expect(Object.keys(first).filter((file) => first[file] !== second[file])).toEqual([]);
  });
});
