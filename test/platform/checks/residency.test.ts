import retailflowAzure from '../../../platforms/retailflow-azure';
import type { Definition } from '../../../lib/platform/definition';
import { applyPatch } from '../../../lib/platform/patch';
import { testFaults, testVariations } from '../../support/faults';
import { problemsOf } from '../../support/platform';
import { techflowWith } from '../../support/techflow';

describe('residency', () => {
  const reason = 'what customers keep stays in the countries where they are';
  const edgeLogs = { reason: 'addresses of refused requests are needed to see attacks' };
  testFaults([
    {
      when: 'the edge writes addresses where data may not lie, and nobody says why',
      patch: { residency: { regions: ['ap-southeast-1', 'eastasia'], reason } },
      answers: [
        {
          path: 'residency.edgeLogs',
          got: undefined,
          allowed:
            '{ reason }, since the firewall of the edge writes what it refuses in us-east-1 alone, with addresses of people, and residency.regions has it not',
          remedy: 'have it weighed and write the reason, or add us-east-1',
        },
      ],
    },
    {
      when: 'an exception is written that is none',
      patch: { residency: { regions: ['ap-southeast-1', 'eastasia', 'us-east-1'], reason, edgeLogs } },
      answers: [
        {
          path: 'residency.edgeLogs',
          got: edgeLogs,
          allowed: 'absent where no edge on aws writes logs outside of residency.regions',
          remedy: 'remove it',
        },
      ],
    },
    {
      when: 'a site stands where data may not lie',
      patch: { residency: { regions: ['ap-southeast-1', 'ap-southeast-2'], reason, edgeLogs } },
      answers: [
        {
          path: 'stages.production.sites.recovery.region',
          got: 'eastasia',
          allowed: `one of residency.regions, which are ap-southeast-1, ap-southeast-2 (${reason})`,
          remedy: 'choose one of these regions',
        },
      ],
    },
  ]);
  testVariations([
    {
      accepts: 'sites where data may lie',
      patch: { residency: { regions: ['ap-southeast-1', 'eastasia'], reason, edgeLogs } },
    },
    {
      accepts: 'an edge whose logs lie where data may',
      patch: { residency: { regions: ['ap-southeast-1', 'eastasia', 'us-east-1'], reason } },
    },
  ]);

  const found = (definition: Definition) => problemsOf(definition).map(({ got, path }) => ({ got, path }));

  test('reaches what Azure copies, and warehouses on Google Cloud', () => {
    const within = (regions: readonly string[]) => found(techflowWith({ residency: { regions, reason } }));
    expect(within(['westeurope'])).toEqual([
      { path: 'stages.production.google.location', got: 'europe-west4' },
      { path: 'stages.production.sites.primary.copies.region', got: 'northeurope' },
      { path: 'stages.production.sites.recovery.region', got: 'northeurope' },
    ]);
    expect(within(['westeurope', 'northeurope', 'europe-west4'])).toEqual([]);
  });

  test('reaches every region that has a copy of documents', () => {
    const within = (regions: readonly string[]) =>
      found(applyPatch(retailflowAzure, { residency: { regions, reason } }) as Definition);
    expect(within(['eastus2'])).toEqual([{ path: 'documents.shop.regions', got: 'centralus' }]);
    expect(within(['eastus2', 'centralus'])).toEqual([]);
  });
});
