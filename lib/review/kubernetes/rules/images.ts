import { shown, textOf } from '../../json';
import { reporter, type Rule } from '../rule';
import { workloadsOf } from '../workloads';

const name = 'images';
const report = reporter(name);

const DIGEST = /@sha256:[0-9a-f]{64}$/;

/** Every image comes from the site's own registry, and is the very one that was looked at. */
export const images: Rule = {
  name,
  strict: 'the cluster refuses it',
  judge: (cluster, { registry }) =>
    workloadsOf(cluster).flatMap(({ containers, object }) =>
      containers.flatMap(({ at, value }) => {
        const image = textOf(value.image) ?? '';
        return [
          ...(image.startsWith(`${registry}/`)
            ? []
            : [report(object, `${at}.image`, `must come from ${registry}, got ${shown(value.image)}: copy it there`)]),
          ...(DIGEST.test(image)
            ? []
            : [
                report(
                  object,
                  `${at}.image`,
                  `must be named by its digest (@sha256: and 64 digits), got ${shown(value.image)}: a tag may be another image tomorrow`,
                ),
              ]),
        ];
      }),
    ),
};
