import { rmSync } from 'node:fs';
import { loadPlatform, loadStatefulLock, platformNames, stagesOn } from '../../bin/inputs';
import { stagePrefix } from '../../lib/platform/names';
import { listOf, objectOf, textOf } from '../../lib/review/json';
import { reviewSite } from '../../lib/review/azure/review';
import { fingerprint } from '../gates/support/run';
import { synthesizedSite, synthesizeSite } from '../support/azure-site';
import { AzureGraph } from './support/azure-graph';

const stages = platformNames().flatMap((name) => stagesOn(name, 'azure').map((stage) => ({ name, stage })));

/** What is still written as Terraform reads it inside one stack, or by the state of another. */
const UNFOLLOWED = /\$\{(data\.terraform_remote_state|azurerm_\w+|azapi_\w+)\./;

test('there are platforms with stages on Azure', () => {
  expect(stages.length).toBeGreaterThan(0);
});

describe.each(stages)('$name in $stage', ({ name, stage }) => {
  const { directory, platform, site } = synthesizedSite(name, stage);
  const graph = new AzureGraph(site, stagePrefix(platform));

  test('passes every gate', () => {
    expect(reviewSite(directory, { lock: loadStatefulLock(), stage: stagePrefix(platform) })).toEqual([]);
  });

  test('stands in a subscription and a tenant that are named', () => {
    const providers = site.stacks.flatMap((stack) => listOf(stack.providers.azurerm).map(objectOf));
    const ids = providers.flatMap((provider) => [provider.subscription_id, provider.tenant_id]);
    // What stands beside a site has a provider of its own.
    const onAzure = site.stacks.filter(({ providers: { google } }) => google === undefined);
    expect(providers.length).toBe(onAzure.length);
    expect(onAzure.length).toBeGreaterThan(0);
    expect(ids.filter((id) => !/^[0-9a-f-]{36}$/.test(textOf(id ?? null) ?? ''))).toEqual([]);
  });

  test('refers to nothing that is not there', () => {
    const text = graph.blocks.map((block) => ({ path: block.path, body: JSON.stringify(block.body) }));
    expect(text.filter(({ body }) => UNFOLLOWED.test(body)).map(({ path }) => path)).toEqual([]);
  });

  test('tells every resource from every other by its path', () => {
    const paths = graph.blocks.map(({ path }) => path);
    expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
  });

  test('applies a stack after those that it reads from', () => {
    const reads = site.stacks.flatMap((stack) =>
      stack.data
        .filter(({ type }) => type === 'data.terraform_remote_state')
        .map(({ arguments: { config } }) => textOf(objectOf(config).key) ?? '')
        .map((state) => ({ stack, read: state.replace('/', '-').replace('.tfstate', '') })),
    );
    expect(reads.length).toBeGreaterThan(0);
    const late = reads.filter(({ read, stack }) => !stack.dependencies.includes(read));
    expect(late.map(({ read, stack }) => `${stack.name} before ${read}`)).toEqual([]);
  });

  test('gives the same bytes again', () => {
    const again = synthesizeSite(loadPlatform(name, stage).platform);
    const [first, second] = [fingerprint(directory), fingerprint(again.directory)];
    rmSync(again.directory, { recursive: true });
    expect(Object.keys(first).length).toBeGreaterThan(0);
    expect(second).toEqual(first);
  });
});
