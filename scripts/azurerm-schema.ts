import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { loadPlatform, platformNames, root, stagesOn } from '../bin/inputs';
import { readSite } from '../lib/review/azure/read-site';
import { isBuiltIn, type Schemas } from '../lib/review/azure/schema';
import { createTerraformApp } from '../bin/terraform-app';
import { extractSchemas, readManifest } from './azurerm-jsii';

const file = join(root, 'lib/review/azure/data/azurerm.json');

/** The text of the file: a line for each argument, sorted, so that a difference reads well. */
function format(provider: string, types: Schemas): string {
  const lines = Object.entries(types).map(
    ([type, schema]) => `    ${JSON.stringify(type)}: {\n${fields(schema)}\n    }`,
  );
  return `{\n  "provider": ${JSON.stringify(provider)},\n  "types": {\n${lines.join(',\n')}\n  }\n}\n`;
}

const fields = ({ arguments: taken, attributes }: Schemas[string]): string => {
  const entries = Object.entries(taken).map(
    ([name, type]) => `        ${JSON.stringify(name)}: ${JSON.stringify(type)}`,
  );
  return `      "arguments": {\n${entries.join(',\n')}\n      },\n      "attributes": ${JSON.stringify(attributes)}`;
};

/** Types of what a site is made of, in every stage that stands on Azure. */
function usedTypes(): readonly string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'mainstay-schema-'));
  const used = new Set(['provider.azurerm']);
  try {
    for (const name of platformNames()) {
      for (const stage of stagesOn(name, 'azure')) {
        const directory = join(outdir, `${name}-${stage}`);
        createTerraformApp(loadPlatform(name, stage).platform, directory).app.synth();
        for (const stack of readSite(directory).stacks) {
          for (const { type } of [...stack.resources, ...stack.data]) used.add(type);
        }
      }
    }
    return [...used];
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Writes the schema of every type that the platforms' sites use, and of those that are named besides. */
function main(): void {
  const manifest = readManifest();
  // What the classes lack is written by hand, or a mistake that the review names.
  const used = usedTypes().filter((type) => manifest.classes.has(type));
  const types = [...new Set([...used, ...process.argv.slice(2)])].filter((type) => !isBuiltIn(type));
  const schemas = extractSchemas(manifest, types);
  writeFileSync(file, format(manifest.provider, schemas));
  console.log(`${relative(root, file)}: ${Object.keys(schemas).length} types of azurerm ${manifest.provider}`);
}

main();
