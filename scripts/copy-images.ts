import { parseArgs } from 'node:util';
import { loadDefinition } from '../bin/inputs';
import { copyScript as copyScriptOfAws } from '../lib/aws/image-copies';
import { copyScript as copyScriptOfAzure } from '../lib/azure/image-copies';
import { images, imagesFor, type ImageName } from '../lib/platform/cluster-images';
import { loadsOn } from '../lib/platform/load-tests/in-cluster';
import { whereIs } from '../lib/platform/azure-sites';
import { siteOn, type Platform } from '../lib/platform/platform';
import { resolveUnallocated } from '../lib/platform/resolve';
import { copiedImages } from '../stacks/aws/delivery';

const USAGE = `usage: copy-images <platform> <stage> [--cloud aws|azure]

Prints a shell script that copies what the platform runs of others into the registry of a stage, on AWS unless said
otherwise. Run it after the registry is deployed, and again whenever lib/platform/public-images.ts or
lib/platform/cluster-images.ts changed:

  node --import tsx scripts/copy-images.ts retailflow production | sh
  node --import tsx scripts/copy-images.ts retailflow production --cloud azure | sh
`;

/** The script of a stage's registry on a cloud. */
function scriptFor(platform: Platform, cloud: string): string {
  switch (cloud) {
    case 'aws': {
      const site = siteOn(platform, 'aws');
      if (site === undefined) break;
      const names = copiedImages(platform, site) as readonly ImageName[];
      return copyScriptOfAws(platform, site, Object.fromEntries(names.map((name) => [name, images[name]])));
    }
    case 'azure': {
      const site = siteOn(platform, 'azure');
      if (site === undefined) break;
      const names = imagesFor({
        manifests: platform.delivery.manifests,
        mesh: site.kubernetes.mesh,
        loads: loadsOn(platform, site.siteName) !== undefined,
      });
      return copyScriptOfAzure(
        platform,
        whereIs(platform, site),
        Object.fromEntries(names.map((name) => [name, images[name]])),
      );
    }
    default:
      throw new Error(`--cloud must be aws or azure, got ${cloud}`);
  }
  throw new Error(`stage ${platform.stageName} of ${platform.name} must have a site on ${cloud}, got none`);
}

function main(): number {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { cloud: { type: 'string', default: 'aws' }, help: { type: 'boolean' } },
    });
    if (values.help === true) {
      process.stdout.write(USAGE);
      return 0;
    }
    const [name, stage, ...rest] = positionals;
    if (name === undefined || stage === undefined || rest.length > 0) {
      throw new Error(`must be given a platform and a stage, got ${positionals.length}\n\n${USAGE}`);
    }
    process.stdout.write(scriptFor(resolveUnallocated(loadDefinition(name), stage), values.cloud));
    return 0;
  } catch (error) {
    process.stderr.write(`copy-images: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = main();
