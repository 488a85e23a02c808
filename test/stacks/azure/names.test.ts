import { usersOn } from '../../../lib/platform/platform';
import { textOf } from '../../../lib/review/json';
import { resourcesOf } from '../../../lib/review/azure/stack';
import { synthesizedSite } from '../../support/azure-site';
import { problemsOf, retailflowWith } from '../../support/platform';

/** Words of the identities that the site has for itself. */
const ownWords = (): readonly string[] => {
  const { platform, site } = synthesizedSite('retailflow', 'production');
  const users = Object.keys(usersOn(platform, 'recovery'));
  return resourcesOf(site, 'azurerm_user_assigned_identity')
    .map(({ arguments: { name } }) => (textOf(name) ?? '').replace('id-retailflow-production-', ''))
    .filter((word) => !users.includes(word));
};

test('no service can be called as any identity that the site has for itself', () => {
  const words = ownWords();
  expect(words.length).toBeGreaterThan(5);
  for (const word of words) {
    const problems = problemsOf(retailflowWith({ services: { [word]: { scale: { min: 1, max: 2 } } } }));
    expect(problems.map(({ path }) => path)).toContain(`services.${word}`);
  }
});
