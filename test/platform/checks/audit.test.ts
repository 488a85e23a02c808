import retailflowAzure from '../../../platforms/retailflow-azure';
import shopflow from '../../../platforms/shopflow';
import techflowSolutions from '../../../platforms/techflow-solutions';
import { applyPatch } from '../../../lib/platform/patch';
import type { Definition } from '../../../lib/platform/definition';
import { problemsOf, production } from '../../support/platform';

const kept = production({ audit: { databaseLogs: { archiveDays: 365 } } });
const withPatch = (definition: Definition, patch: unknown): Definition => applyPatch(definition, patch) as Definition;
const path = 'stages.production.audit.databaseLogs';

describe('databaseLogs', () => {
  test.each([
    ['TechFlow Solutions, as it is', techflowSolutions],
    ['ShopFlow, which has databases in its scope and outside', withPatch(shopflow, kept)],
  ])('takes an archive of %s', (_, definition) => {
    expect(problemsOf(definition)).toEqual([]);
  });

  test('refuses one where no database is on AWS, and says what keeps logs there', () => {
    expect(problemsOf(withPatch(retailflowAzure, kept))).toEqual([
      expect.objectContaining({
        path,
        allowed: 'none without a PostgreSQL database on aws that is outside of every scope',
        remedy: expect.stringContaining('Azure'),
      }),
    ]);
  });

  test('refuses one that nothing would be copied to, since every database is in a scope', () => {
    const all = withPatch(shopflow, {
      ...(kept as object),
      scopes: { cards: { databases: Object.keys(shopflow.databases ?? {}) } },
    });
    expect(problemsOf(all).map((problem) => problem.path)).toContain(path);
    expect(problemsOf(withPatch(shopflow, kept)).map((problem) => problem.path)).not.toContain(path);
  });
});
