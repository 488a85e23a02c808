import { parseArgs } from 'node:util';
import { loadDefinition } from '../bin/inputs';
import { copyScript } from '../lib/aws/image-copies';
import { siteOn } from '../lib/platform/platform';
import { resolveUnallocated } from '../lib/platform/resolve';

const USAGE = `usage: copy-images <platform> <stage>

Prints a shell script that copies what the platform runs of others into the registry of a stage on AWS. Run it after the
registry is deployed, and again whenever lib/aws/images.ts changed:

  node --import tsx scripts/copy-images.ts retailflow production | sh
`;

function main(): number {
  try {
    const { positionals, values } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } });
    if (values.help === true) {
      process.stdout.write(USAGE);
      return 0;
    }
    const [name, stage, ...rest] = positionals;
    if (name === undefined || stage === undefined || rest.length > 0) {
      throw new Error(`must be given a platform and a stage, got ${positionals.length}\n\n${USAGE}`);
    }
    const platform = resolveUnallocated(loadDefinition(name), stage);
    const site = siteOn(platform, 'aws');
    if (site === undefined) throw new Error(`stage ${stage} of ${name} must have a site on aws, got none`);
    process.stdout.write(copyScript(platform, site));
    return 0;
  } catch (error) {
    process.stderr.write(`copy-images: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = main();
