import type { Finding } from '../../finding';
import { entriesOf, isObject, listOf, objectOf, textOf } from '../../json';
import { secretIn } from '../../secret-looks';
import type { Cluster, KubernetesObject } from '../cluster';
import { madeSecret } from '../made-secrets';
import { reporter, type Rule } from '../rule';
import { workloadsOf, type Workload } from '../workloads';

const name = 'literal-secrets';
const report = reporter(name);

/** Names of variables and fields that hold what lets somebody in. */
const SECRET =
  /(^|_|-|\.)(password|passwd|passphrase|secret|client_?secret|private_?key|access_?key|api_?key|account_?key|connection_?string|token|credentials)$/i;

/** Fields that are called like a secret and name one. */
const NAMES = ['secretName', 'secretKey', 'tokenPath', 'automountServiceAccountToken', 'key', 'tokenSecretRef'];

/** Nothing that lets somebody in stands in the files. */
export const literalSecrets: Rule = {
  name,
  strict: 'what is written here is read by many',
  judge: (cluster) => [
    ...cluster.objects.flatMap((object) => textProblems(object, cluster)),
    ...workloadsOf(cluster).flatMap(variableProblems),
  ],
};

/** A text that is filled in by External Secrets holds no secret itself. */
const FILLED = /\{\{.*?\}\}/gs;

function textProblems(object: KubernetesObject, cluster: Cluster): readonly Finding[] {
  return entriesOf(object.value).flatMap(({ at, key, value }) => {
    if (typeof value !== 'string') return [];
    const own = value.replace(FILLED, '${…}');
    const seen = secretIn(own);
    if (seen !== undefined)
      return [report(object, at, `must not hold ${seen}, got one: let an ExternalSecret read it from the vault`)];
    const isHeld =
      SECRET.test(key) &&
      !NAMES.includes(key) &&
      own.trim() !== '' &&
      !/^[$%{(]/.test(own) &&
      isValues(object, at) &&
      madeSecret(cluster, object.namespace, own) === undefined;
    return isHeld
      ? [report(object, at, `must not hold a literal, got one: name a secret that an ExternalSecret makes`)]
      : [];
  });
}

/** Where a name of a field is somebody's own word: values of charts, and texts of configuration. */
const isValues = ({ kind }: KubernetesObject, at: string): boolean =>
  (kind === 'Release' && at.startsWith('spec.values.')) || (kind === 'ConfigMap' && at.startsWith('data.'));

const variableProblems = ({ containers, object }: Workload): readonly Finding[] =>
  containers.flatMap(({ at, value }) =>
    listOf(value.env)
      .filter(isObject)
      .flatMap((variable, index) => {
        const named = textOf(variable.name) ?? '';
        if (
          !SECRET.test(named) ||
          variable.value === undefined ||
          objectOf(variable.valueFrom).secretKeyRef !== undefined
        )
          return [];
        return [
          report(
            object,
            `${at}.env[${index}].value`,
            `must not be a literal of ${named}, got one: take it from a secret that an ExternalSecret makes`,
          ),
        ];
      }),
  );
