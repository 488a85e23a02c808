import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadDefinition, root } from '../bin/inputs';
import { formatReleases, imageOf, parseReleases, releasesFile, withRelease } from '../lib/platform/releases';
import { resolveUnallocated } from '../lib/platform/resolve';

const USAGE = `usage: set-release <platform> <stage> <service> <sha256:…> [--root DIR]

Writes what a service runs from its next deployment on into releases/<platform>/<stage>.json. Called by the pipeline
that pushed the image, which then commits the file and deploys the service's stack.

  --root DIR  where releases/ lies (default: this repository)
`;

/** The file is replaced whole, so nobody ever reads half of it. */
function replaceFile(file: string, text: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(draft, text);
  renameSync(draft, file);
}

function setRelease(name: string, stage: string, service: string, digest: string, directory: string): void {
  const platform = resolveUnallocated(loadDefinition(name), stage);
  const file = join(directory, releasesFile(platform));
  const before = parseReleases(platform, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
  replaceFile(file, formatReleases(withRelease(platform, before, service, digest)));
  const image = imageOf(before, service);
  process.stdout.write(
    `${name} ${stage} ${service}: ${digest}, was ${image.kind === 'release' ? image.digest : 'the bootstrap image'}\n`,
  );
}

function main(): number {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { root: { type: 'string', default: root }, help: { type: 'boolean' } },
    });
    if (values.help === true) {
      process.stdout.write(USAGE);
      return 0;
    }
    const [platform, stage, service, digest, ...rest] = positionals;
    if (
      platform === undefined ||
      stage === undefined ||
      service === undefined ||
      digest === undefined ||
      rest.length > 0
    ) {
      throw new Error(
        `must be given a platform, a stage, a service and a digest, got ${positionals.length}\n\n${USAGE}`,
      );
    }
    setRelease(platform, stage, service, digest, values.root);
    return 0;
  } catch (error) {
    process.stderr.write(`set-release: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = main();
