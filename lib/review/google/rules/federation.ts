import { objectOf, shown, stringsOf, textOf } from '../../json';
import { reporter, type Rule } from '../../azure/rule';
import { valueAt } from '../../azure/settings';
import { resourcesOf, type Resource } from '../../azure/stack';

const NAME = 'google-federation';
const report = reporter(NAME);

/** A condition that lets in named accounts of a cluster and nobody else. */
const NAMED = /^assertion\.sub in \['system:serviceaccount:[^']+'(, 'system:serviceaccount:[^']+')*\]$/;

/** Tokens of a cluster are taken from accounts that are named, and shown to this provider alone. */
export const federation: Rule = {
  name: NAME,
  strict: 'whoever is let in by mistake acts as a service',
  judge: ({ resources }) =>
    resourcesOf({ resources }, 'google_iam_workload_identity_pool_provider').flatMap((resource) =>
      problemsOf(resource).map((problem) => report(resource, problem)),
    ),
};

function problemsOf({ arguments: given }: Resource): readonly string[] {
  const condition = textOf(given.attribute_condition) ?? '';
  const audiences = stringsOf(valueAt(given, 'oidc.allowed_audiences'));
  const issuer = valueAt(given, 'oidc.issuer_uri');
  const subject = objectOf(given.attribute_mapping)['google.subject'];
  return [
    ...(NAMED.test(condition)
      ? []
      : [`attribute_condition must name accounts of a cluster, got ${shown(condition)}: write assertion.sub in ['…']`]),
    ...(audiences.length === 1 && audiences[0]?.startsWith('https://iam.googleapis.com/') === true
      ? []
      : [`oidc.allowed_audiences must be this provider alone, got ${shown(audiences)}: name it in full`]),
    ...(typeof issuer === 'string' && (issuer.startsWith('https://') || issuer.startsWith('${'))
      ? []
      : [`oidc.issuer_uri must be the issuer of a cluster, got ${shown(issuer)}: read it of the cluster`]),
    ...(subject === 'assertion.sub'
      ? []
      : [`attribute_mapping must map google.subject to assertion.sub, got ${shown(subject)}: roles name it so`]),
  ];
}
