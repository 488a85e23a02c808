import { azureSite } from '../../../lib/platform/nouns/site';
import { problemsOf, production } from '../../support/platform';
import { techflowWith } from '../../support/techflow';

const found = (primary: unknown) =>
  problemsOf(techflowWith(production({ sites: { primary } }))).map(({ got, path, remedy }) => ({ path, got, remedy }));

const path = 'stages.production.sites.primary.copies.region';

test('copies are in the pair of the region', () => {
  expect(found({})).toEqual([]);
  expect(found({ copies: null })).toEqual([]);
});

test('fails when messages would be copied elsewhere than backups', () => {
  expect(found({ copies: { region: 'uksouth' } })).toEqual([
    { path, got: 'uksouth', remedy: expect.stringContaining('set northeurope') },
  ]);
});

test('fails when the region has no pair', () => {
  expect(found({ region: 'italynorth' })).toContainEqual({
    path,
    got: 'northeurope',
    remedy: expect.stringContaining('stand in a region that has a pair'),
  });
});

test.each([0, 300, 86_400])('%d s may copies of messages be behind', (messagesLagSeconds) => {
  expect(azureSite.shape.copies.safeParse({ region: 'northeurope', messagesLagSeconds }).success).toBe(true);
});

test.each([1, 299, 86_401])('fails when copies of messages may be %d s behind, which Azure knows not', (lag) => {
  const { error } = azureSite.shape.copies.safeParse({ region: 'northeurope', messagesLagSeconds: lag });
  expect(error?.issues.map(({ message }) => message)).toEqual(['0, or 300 to 86400']);
});

test('fails when both sites are on Azure, and says what there is instead', () => {
  const { primary } = techflowWith({}).stages['production']?.sites ?? {};
  const network = { cidr: '10.40.0.0/16', pods: '10.80.0.0/14', services: '10.41.0.0/16' };
  const recovery = { ...primary, region: 'swedencentral', copies: undefined, network };
  expect(problemsOf(techflowWith(production({ sites: { recovery } })))).toEqual([
    {
      path: 'stages.production.sites.recovery.cloud',
      got: 'azure',
      allowed: expect.stringContaining('two sites on azure are not made yet'),
      remedy: expect.stringContaining('sites.primary.copies'),
    },
  ]);
});
