import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve as absolute } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../bin/inputs';
import type { KubernetesObject } from '../lib/review/kubernetes/cluster';
import { readClusters } from '../lib/review/kubernetes/read-cluster';
import { objectOf, textOf } from '../lib/review/json';
import { runCommand } from './command';

const USAGE = `usage: npm run validate:kubernetes [-- --strict] [--output DIR] [--charts DIR] [--version VERSION]

Lets Helm render every chart with the values that were synthesized, so that the charts' own schemas and templates look at
them. Where Helm or a repository of charts cannot be had, it says what is missing and ends well, unless it is to be strict.

  --output DIR       what was synthesized (default: k8s.out)
  --charts DIR       unpacked charts by name, in place of their repositories: DIR/cert-manager/Chart.yaml
  --version VERSION  version of Kubernetes to render for (default: 1.34.0)
  --strict           fails where something is missing, too

Exit code: 0 if nothing was refused, 1 if something was, or is missing and it was to be strict.
`;

/** Thrown where something that is not of the repository is missing. */
class Missing extends Error {}

/** How Helm says that a repository, or a chart of it, cannot be had. */
const UNREACHED =
  /cannot be reached|failed to (fetch|download)|looks like "https?:\/\/|no such host|not found in https?:\/\//;

/** How Helm renders a release. */
function templateCommand(
  release: KubernetesObject,
  {
    charts,
    values,
    version,
  }: { readonly charts?: string | undefined; readonly values: string; readonly version: string },
): readonly string[] {
  const spec = objectOf(release.value.spec);
  const [chart, repository, chartVersion] = [spec.chart, spec.repository, spec.version].map((each) => textOf(each));
  if (chart === undefined || repository === undefined || chartVersion === undefined) {
    throw new Error(`${release.file} must have a chart, a repository and a version: synthesize it again`);
  }
  const from = charts === undefined ? [chart, '--repo', repository, '--version', chartVersion] : [join(charts, chart)];
  const where = ['--namespace', release.namespace, '--kube-version', version, '--values', values];
  return ['helm', 'template', release.name, ...from, ...where];
}

function validate(
  release: KubernetesObject,
  options: { readonly charts?: string | undefined; readonly version: string },
): void {
  const directory = mkdtempSync(join(tmpdir(), 'mainstay-validate-'));
  try {
    const values = join(directory, 'values.json');
    writeFileSync(values, JSON.stringify(objectOf(release.value.spec).values ?? {}));
    const command = templateCommand(release, { ...options, values });
    const chart = command[3] ?? '';
    if (options.charts !== undefined && !existsSync(chart)) throw new Missing(`there is no chart in ${chart}`);
    const { missing, status, stderr, stdout } = runCommand(command, { quiet: true });
    if (missing) throw new Missing('helm is not on the PATH: install version 3.14 or later');
    if (status !== 0 && UNREACHED.test(stderr))
      throw new Missing(`helm cannot get the chart of ${release.name}:\n${stderr}`);
    if (status !== 0) throw new Error(`${release.file}: helm refuses its values:\n${stderr}`);
    const objects = stdout.split('\n').filter((line) => line.startsWith('kind: ')).length;
    process.stdout.write(`${release.file}: ${objects} objects\n`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function main(): number {
  const { values } = parseArgs({
    options: {
      output: { type: 'string', default: join(root, 'k8s.out') },
      charts: { type: 'string' },
      version: { type: 'string', default: '1.34.0' },
      strict: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const objects = readClusters(absolute(values.output)).flatMap((cluster) => cluster.objects);
  const charts = values.charts === undefined ? undefined : absolute(values.charts);
  const releases = objects.filter(({ apiVersion, kind }) => `${apiVersion} ${kind}` === 'helm.sh/v3 Release');
  try {
    for (const release of releases) validate(release, { charts, version: values.version });
    return 0;
  } catch (error) {
    if (!(error instanceof Missing) || values.strict) throw error;
    process.stdout.write(`validate-kubernetes: not validated by Helm, ${error.message}\n`);
    return 0;
  }
}

process.exitCode = 1;
try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`validate-kubernetes: ${error instanceof Error ? error.message : String(error)}\n`);
}
