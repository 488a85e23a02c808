import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command';

/** What is scanned. */
export interface ScanTarget {
  /** What is built, and where `.trivyignore.yaml` says which findings are borne, why and until when. */
  readonly context: string;
  readonly file: string;
  /** As Docker calls it: `linux/amd64`. */
  readonly platform: string;
  /** Where the image and the list of vulnerabilities are put. */
  readonly scratch: string;
}

/** By who distributes a package, and by a CVSS from 7.0 on where it does not say. An image whose system gets no more corrections is refused too, since nobody looks for any in it. */
const limits = ['--severity', 'HIGH,CRITICAL', '--exit-code', '1', '--exit-on-eol', '1'] as const;

/**
 * Builds an image for one architecture into a file and looks for known vulnerabilities in it. The builder keeps what it made, so what is
 * pushed next is the same.
 *
 * @throws when it has a vulnerability that is high or critical, or cannot be built or scanned
 */
export function scanImage({ context, file, platform, scratch }: ScanTarget): void {
  const archive = join(scratch, `${platform.replace('/', '-')}.tar`);
  const build = runCommand(
    [
      ...['docker', 'buildx', 'build', '--platform', platform, '--provenance', 'false'],
      ...['--output', `type=docker,dest=${archive}`, '--file', file, context],
    ],
    { asks: false },
  );
  if (build.status !== 0) throw new Error(`docker buildx build for ${platform} failed, see above`);
  const borne = join(context, '.trivyignore.yaml');
  const scan = runCommand(
    [
      // It is handed none of the variables by which this process proves who it is, and not the home with its logins.
      ...['env', '-i', `PATH=${process.env['PATH'] ?? ''}`, `HOME=${scratch}`],
      ...['trivy', 'image', '--input', archive, '--scanners', 'vuln', ...limits],
      ...(existsSync(borne) ? ['--ignorefile', borne] : []),
    ],
    { asks: false, cwd: scratch },
  );
  if (scan.status !== 0) {
    throw new Error(
      `what was built for ${platform} has a vulnerability that is high or critical, or was not scanned, see above: ` +
        'nothing was pushed. Correct it, or bear it for a time in .trivyignore.yaml of the context',
    );
  }
}
