import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as absolute } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPlatform } from '../bin/inputs';
import { messageOf } from '../bin/message';
import { targetOptions } from '../bin/target-options';
import { releaseTagPrefix } from '../lib/platform/aws-registry';
import { importCommand, releaseTag } from '../lib/azure/image-import';
import { whereIs } from '../lib/platform/azure-sites';
import { imageRepository } from '../lib/platform/names';
import { siteOn } from '../lib/platform/platform';
import { withRelease } from '../lib/platform/releases';
import { answerOf, ask } from './ask';
import { runCommand } from './command';
import { imageDifferences } from './image-differences';
import { scanImage } from './image-scan';
import { imageSource, type ImageSource, type Session } from './image-source';
import { signIn } from './pipeline-login';

const USAGE = `usage: npm run release:image -- IMAGE VERSION [--platform NAME] [--stage NAME] [--context DIR] [--file FILE] [--digest-to FILE]

Builds an image once, for every architecture that the platform runs, refuses it if it has a known vulnerability that is high or critical,
pushes it, has the registry on Azure fetch that very digest, and compares both. A version that was pushed before is not built again.
Needs Docker with Buildx, Trivy, and the command lines of the clouds of the stage. A job of GitHub logs in by itself; a person is logged in to both clouds before.

  IMAGE             a service of the stage, or whatever else of it has images of its own
  VERSION           letters, digits, dots, hyphens and underscores, at most 100: the commit. The tag is release-VERSION
  --platform NAME   default: retailflow
  --stage NAME      default: production
  --context DIR     what is built (default: .)
  --file FILE       how (default: Dockerfile in the context)
  --digest-to FILE  where the digest is written, for scripts/set-release.ts
`;

/** One index, from which each cloud takes its own. */
const platforms = ['linux/amd64', 'linux/arm64'] as const;

interface Build {
  readonly context: string;
  readonly file: string;
}

/** Digest of an image that lies in the registry. */
function digestOf(reference: string): string | undefined {
  const { status, stdout } = ask([
    'docker',
    'buildx',
    'imagetools',
    'inspect',
    reference,
    '--format',
    '{{.Manifest.Digest}}',
  ]);
  return status === 0 ? stdout.trim() : undefined;
}

/** Builds an image, scans it, pushes it, and says what it is. */
function built(reference: string, { context, file }: Build): string {
  const scratch = mkdtempSync(join(tmpdir(), 'mainstay-image-'));
  try {
    for (const platform of platforms) scanImage({ context, file, platform, scratch });
    const metadata = join(scratch, 'metadata.json');
    const { status } = runCommand(
      [
        ...['docker', 'buildx', 'build', '--platform', platforms.join(','), '--provenance', 'true', '--tag', reference],
        ...['--metadata-file', metadata, '--file', file, '--push', context],
      ],
      { asks: false },
    );
    if (status !== 0) throw new Error('docker buildx build failed, see above');
    const told = JSON.parse(readFileSync(metadata, 'utf8')) as Readonly<Record<string, unknown>>;
    return String(told['containerimage.digest']);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Has the registry on Azure fetch an image, if the stage has one. The same digest again is no change. */
function imported({ env, platform }: Session, source: ImageSource, image: string, digest: string): void {
  const azure = siteOn(platform, 'azure');
  if (azure === undefined) return;
  const to = `${imageRepository(platform, image)}:${releaseTag(digest)}`;
  const command = importCommand(whereIs(platform, azure), { source: source.at(image), digest, image: to });
  answerOf([...command, '--force', '--username', source.user, '--password', '@-', '--output', 'none'], {
    env,
    input: source.password,
  });
}

function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      ...targetOptions,
      context: { type: 'string', default: '.' },
      file: { type: 'string' },
      'digest-to': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const [image, version, ...rest] = positionals;
  if (image === undefined || version === undefined || rest.length > 0) {
    throw new Error(`must be given an image and a version, got ${positionals.length} words\n\n${USAGE}`);
  }
  if (!/^[A-Za-z0-9._-]{1,100}$/.test(version)) {
    throw new Error(`VERSION must be letters, digits, dots, hyphens and underscores, at most 100, got ${version}`);
  }
  const { outputs, platform } = loadPlatform(values.platform, values.stage);
  // Refuses an image that the stage has not, before anybody is asked.
  withRelease(platform, {}, image, `sha256:${'0'.repeat(64)}`);
  const variables = process.env;
  const session = { platform, variables, env: signIn(platform, outputs, variables) };
  const source = imageSource(session);
  answerOf(['docker', 'login', '--username', source.user, '--password-stdin', source.host], { input: source.password });
  const reference = `${source.at(image)}:${releaseTagPrefix}${version}`;
  const context = absolute(values.context);
  const digest = digestOf(reference) ?? built(reference, { context, file: values.file ?? join(context, 'Dockerfile') });
  const release = withRelease(platform, {}, image, digest);
  imported(session, source, image, digest);
  const differences = imageDifferences(session, release, 'outside');
  if (differences.length > 0) throw new Error(['the registries differ:', ...differences].join('\n  '));
  if (values['digest-to'] !== undefined) writeFileSync(values['digest-to'], `${digest}\n`);
  process.stdout.write(`${values.platform} ${values.stage} ${image} ${version}: ${digest}\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`release-image: ${String(messageOf(error))}\n`);
  process.exitCode = 1;
}
