import { join } from 'node:path';
import { objectOf, type JsonObject } from '../../lib/review/json';
import { platformNames, stagesOn } from '../../bin/inputs';
import { stagePrefix } from '../../lib/platform/names';
import { synthesizedSite } from '../support/azure-site';
import { expectFile, expectFiles } from '../support/file-snapshot';
import { renderBlocks } from '../support/render';
import type { Block } from './support/graph';
import { AzureGraph, type AzureSheet } from './support/azure-graph';

/** Where a person reads what a site on Azure is: a file a stack. */
const directory = join(__dirname, '__snapshots__/azure');

/** The stage that is shown. */
const shown = 'production';

const sheetsOf = (name: string): readonly AzureSheet[] => {
  const { platform, site } = synthesizedSite(name, shown);
  return new AzureGraph(site, stagePrefix(platform)).sheets;
};

const names = platformNames().filter((name) => stagesOn(name, 'azure').includes(shown));

/** A resource without the tags that all of its stack share. */
function withoutSharedTags(block: Block, shared: JsonObject): Block {
  const { tags, ...rest } = objectOf(block.body.Properties);
  if (tags === undefined || block.type === 'azurerm_resource_group') return block;
  const own = Object.entries(objectOf(tags)).filter(([key, value]) => shared[key] !== value);
  return {
    ...block,
    body: { Properties: { ...rest, ...(own.length === 0 ? {} : { tags: Object.fromEntries(own) }) } },
  };
}

/** Tags of a stack's resource group, which are those of everything in it. */
function sharedTags({ blocks }: AzureSheet): JsonObject {
  const group = blocks.find(({ type }) => type === 'azurerm_resource_group');
  return objectOf(objectOf(group?.body.Properties).tags);
}

describe.each(names)('%s on Azure', (name) => {
  const sheets = sheetsOf(name);
  const folder = join(directory, name);

  test.each(sheets)('$name reads as it did', (sheet) => {
    const { backends, dependencies, outputs } = sheet.stack;
    const head = {
      stack: sheet.stack.name,
      state: backends.map(({ config }) => config.key ?? null),
      'applied after': [...dependencies],
      outputs: Object.keys(outputs).sort(),
    };
    const shared = sharedTags(sheet);
    const blocks = sheet.blocks.map((block) => withoutSharedTags(block, shared));
    expectFile(join(folder, `${sheet.name}.txt`), renderBlocks(head, sheet.name, blocks));
  });

  test('there are no files of stacks that are gone', () => {
    expectFiles(
      folder,
      sheets.map((sheet) => `${sheet.name}.txt`),
    );
  });
});
