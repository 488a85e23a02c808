import { entriesOf, listOf, objectOf, shown, textOf, type JsonObject } from '../../json';
import { reporter, type Rule } from '../../azure/rule';
import type { Resource } from '../../azure/stack';

const NAME = 'google-members';
const report = reporter(NAME);

/** Grants that take away what somebody else has given. */
const REPLACES = /^google_\w+_iam_(binding|policy)$/;
const GRANT = /^google_\w+_iam_member$/;

/** Everybody, or everybody who has an account anywhere. */
const EVERYBODY = ['allUsers', 'allAuthenticatedUsers'];

/** Roles that hold nearly everything. */
const BASIC = /^roles\/(owner|editor|viewer|browser)$|[aA]dmin$/;

/** Roles that Google gives on a whole project alone. */
const ON_PROJECT = ['roles/bigquery.jobUser'];

/** What makes a key that somebody can carry away. */
const KEYS = ['google_service_account_key', 'google_storage_hmac_key', 'google_apikeys_key'];

/** Grants beside a dataset, which the table of access that it has takes away again. */
const BESIDE_DATASET = /^google_bigquery_dataset_(access|iam_member)$/;

/** A role is given to one somebody, for one thing, and no key is made. */
export const members: Rule = {
  name: NAME,
  judge: ({ resources }) =>
    resources.flatMap((resource) => problemsOf(resource).map((problem) => report(resource, problem))),
};

function problemsOf({ arguments: given, type }: Resource): readonly string[] {
  if (KEYS.includes(type)) return ['must not be made: let the cluster prove by its own tokens who is there'];
  if (BESIDE_DATASET.test(type))
    return ['is taken away by the dataset itself: name who it is in access of the dataset'];
  if (REPLACES.test(type)) return ['takes away what others are given: give a role by a google_…_iam_member'];
  const everybody = entriesOf(given)
    .filter(({ value }) => typeof value === 'string' && EVERYBODY.includes(value))
    .map(({ at, value }) => `${at} must be somebody, got ${shown(value)}: name who it is`);
  if (type === 'google_bigquery_dataset') return [...everybody, ...datasetProblems(given)];
  if (!GRANT.test(type)) return everybody;
  const [member, role] = [textOf(given.member) ?? '', textOf(given.role) ?? ''];
  return [
    ...everybody,
    ...(/^(principalSet:|domain:)/.test(member)
      ? [`member must be one account, got ${shown(member)}: name it by principal://… or serviceAccount:…`]
      : []),
    ...(BASIC.test(role) ? [`role must be for one thing, got ${shown(role)}: choose a narrower one`] : []),
    ...(type === 'google_project_iam_member' && !ON_PROJECT.includes(role)
      ? [`role must be one of ${ON_PROJECT.join(', ')} on a whole project, got ${shown(role)}: give it on the part`]
      : []),
  ];
}

/** A dataset that does not say who reads of it is read by everybody who may look at the project. */
function datasetProblems({ access }: JsonObject): readonly string[] {
  const groups = listOf(access).map((each) => textOf(objectOf(each).special_group));
  const project = groups.filter((group) => group === 'projectReaders' || group === 'projectWriters');
  return [
    ...(groups.length === 0
      ? ['access must name who reads it, got nothing: name each account in a block of its own']
      : []),
    ...project.map((group) => `access must name accounts, got ${shown(group)}: name who it is`),
  ];
}
