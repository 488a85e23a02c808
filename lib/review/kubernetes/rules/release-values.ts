import { objectOf, textOf } from '../../json';
import { ofKind } from '../find';
import { reporter, type Rule } from '../rule';
import { valueProblems, valuesSchemaOf } from '../values-schema';

const name = 'release-values';
const report = reporter(name);

/**
 * Values of a Helm release are those that the schema of its chart names (`data/charts/<chart>.json`), each of its type, and
 * what must not be left to the chart is set. A misspelt value would be taken by Helm, and do nothing.
 */
export const releaseValues: Rule = {
  name,
  strict: 'Helm takes what it does not know and does nothing with it',
  judge: (cluster) =>
    ofKind(cluster, 'Release').flatMap((release) => {
      const { chart: given, values } = objectOf(release.value.spec);
      const chart = textOf(given) ?? '';
      const schema = valuesSchemaOf(chart);
      if (schema === undefined) {
        const remedy = `write lib/review/kubernetes/data/charts/${chart}.json of what is set`;
        return [
          report(release, 'spec.chart', `must have a schema of its values, got ${chart}, which has none: ${remedy}`),
        ];
      }
      return valueProblems(schema, values ?? {}, 'spec.values').map(([at, message]) => report(release, at, message));
    }),
};
