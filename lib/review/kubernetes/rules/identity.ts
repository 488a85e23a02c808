import { reporter, type Rule } from '../rule';

const name = 'identity';
const report = reporter(name);

/** What Kubernetes takes for a name of most kinds: RFC 1123, at most 253 characters. */
const subdomain = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Every object has a name that Kubernetes takes, and stands in the folder of its namespace under that name. */
export const identity: Rule = {
  name,
  judge: ({ objects }) =>
    objects.flatMap((object) => {
      const folder = object.kind === 'Namespace' ? object.name : object.namespace || 'cluster';
      const expected = `${object.cluster}/${folder}/${object.kind.toLowerCase()}-${object.name}.yaml`;
      return [
        ...(subdomain.test(object.name)
          ? []
          : [
              report(
                object,
                'metadata.name',
                `must be lower-case letters, digits, hyphens and dots, got ${object.name}: rename it`,
              ),
            ]),
        ...(object.file === expected ? [] : [report(object, '', `must stand in ${expected}: render it again`)]),
      ];
    }),
};
