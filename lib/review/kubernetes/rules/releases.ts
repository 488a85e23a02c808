import type { Finding } from '../../finding';
import { entriesOf, isObject, objectOf, shown, textOf, type JsonObject } from '../../json';
import type { KubernetesObject } from '../cluster';
import { ofKind } from '../find';
import { reporter, type Rule } from '../rule';

const name = 'releases';
const report = reporter(name);

const VERSION = /^v?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;
const REPOSITORY = /^(https|oci):\/\//;

/** Every Helm release is of one version of a chart, from a place that proves who it is, and its images come from the site's own registry. */
export const releases: Rule = {
  name,
  judge: (cluster, { registry }) =>
    ofKind(cluster, 'Release').flatMap((release) => [...chartProblems(release), ...imageProblems(release, registry)]),
};

function chartProblems(release: KubernetesObject): readonly Finding[] {
  const { chart, repository, version } = objectOf(release.value.spec);
  return [
    ...(VERSION.test(textOf(version) ?? '')
      ? []
      : [report(release, 'spec.version', `must be one version, such as 1.2.3, got ${shown(version)}: pin it`)]),
    ...(REPOSITORY.test(textOf(repository) ?? textOf(chart) ?? '')
      ? []
      : [
          report(
            release,
            'spec.repository',
            `must begin with https:// or oci://, got ${shown(repository)}: correct it`,
          ),
        ]),
  ];
}

/** A host of a registry that stands where values name an image. */
const HOST =
  /^(docker\.io|quay\.io|ghcr\.io|gcr\.io|registry\.k8s\.io|mcr\.microsoft\.com|public\.ecr\.aws|[\w.-]+\.azurecr\.io|[\w.-]+\.amazonaws\.com)(\/|$)/;
const DIGEST = /(^|@)sha256:[0-9a-f]{64}$/;

const imageProblems = (release: KubernetesObject, registry: string): readonly Finding[] =>
  entriesOf(objectOf(release.value.spec).values ?? {}).flatMap(({ at, key, value }) => {
    const where = `spec.values.${at}`;
    const host = typeof value === 'string' ? HOST.exec(value)?.[1] : undefined;
    if (host !== undefined && host !== registry) {
      return [report(release, where, `must name an image of ${registry}, got ${shown(value)}: copy it there`)];
    }
    const isWhole = host !== undefined && value !== host && key !== 'repository';
    const isNamed = isWhole
      ? DIGEST.test(textOf(value) ?? '')
      : !isObject(value) || !isImage(value) || hasDigest(value);
    if (isNamed) return [];
    return [
      report(
        release,
        where,
        `must name its image by a digest (sha256: and 64 digits), got ${shown(value)}: a tag may be another image tomorrow`,
      ),
    ];
  });

/** Whether an object names an image in parts, as charts do. */
const isImage = ({ digest, registry, repository, tag }: JsonObject): boolean =>
  textOf(repository) !== undefined && (digest ?? registry ?? tag) !== undefined;

const hasDigest = ({ digest, tag }: JsonObject): boolean =>
  [digest, tag].some((each) => DIGEST.test(textOf(each) ?? ''));
