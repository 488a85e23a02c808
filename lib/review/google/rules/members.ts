import { entriesOf, shown, textOf } from '../../json';
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

/** A role is given to one somebody, for one thing, and no key is made. */
export const members: Rule = {
  name: NAME,
  judge: ({ resources }) =>
    resources.flatMap((resource) => problemsOf(resource).map((problem) => report(resource, problem))),
};

function problemsOf({ arguments: given, type }: Resource): readonly string[] {
  if (KEYS.includes(type)) return ['must not be made: let the cluster prove by its own tokens who is there'];
  if (REPLACES.test(type)) return ['takes away what others are given: give a role by a google_…_iam_member'];
  const everybody = entriesOf(given)
    .filter(({ value }) => typeof value === 'string' && EVERYBODY.includes(value))
    .map(({ at, value }) => `${at} must be somebody, got ${shown(value)}: name who it is`);
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
