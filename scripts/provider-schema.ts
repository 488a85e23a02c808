import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { loadPlatform, platformNames, root, stagesOn } from '../bin/inputs';
import { readSite } from '../lib/review/azure/read-site';
import { isBuiltIn, type Schemas } from '../lib/review/azure/schema';
import { createTerraformApp } from '../bin/terraform-app';
import { extractSchemas, providers, readManifest, type Provider } from './provider-jsii';

/** Where the schema of a provider is kept. */
const files: Readonly<Record<Provider, string>> = {
  azurerm: join(root, 'lib/review/azure/data/azurerm.json'),
  google: join(root, 'lib/review/google/data/google.json'),
};

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

/** Types of what comes out as Terraform, in every stage that stands on Azure. */
function usedTypes(provider: Provider): readonly string[] {
  const outdir = mkdtempSync(join(tmpdir(), 'mainstay-schema-'));
  const used = new Set([`provider.${provider}`]);
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

/** Writes the schema of every type of a provider that the platforms use, and of those that are named besides. */
function main([name = '', ...named]: readonly string[]): void {
  const provider = providers.find((each) => each === name);
  if (provider === undefined) throw new Error(`a provider must be one of ${providers.join(', ')}, got ${name}`);
  const file = files[provider];
  const manifest = readManifest(provider);
  // What the classes lack is written by hand, or a mistake that the review names.
  const used = usedTypes(provider).filter((type) => manifest.classes.has(type));
  const types = [...new Set([...used, ...named])].filter((type) => !isBuiltIn(type));
  const schemas = extractSchemas(manifest, types);
  writeFileSync(file, format(manifest.provider, schemas));
  console.log(`${relative(root, file)}: ${Object.keys(schemas).length} types of ${provider} ${manifest.provider}`);
}

main(process.argv.slice(2));
