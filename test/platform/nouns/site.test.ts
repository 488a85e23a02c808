import { production } from '../../support/platform';
import { testFaults, testVariations } from '../../support/faults';

const waiver = { reason: 'rebuilt from the catalog database', minutes: 40 };
const waives = (capabilities: object) => production({ sites: { recovery: { waives: capabilities } } });
const at = (path: string) => `stages.production.sites.recovery.waives.${path}`;

describe('waives', () => {
  testFaults([
    {
      when: 'a capability is misspelled',
      patch: waives({ search: waiver }),
      answers: [
        {
          path: at('search'),
          got: waiver,
          allowed: 'absent, there is no such property',
          remedy: 'did you mean searches? If not, remove it',
        },
      ],
    },
    {
      when: 'nobody knows the capability',
      patch: waives({ telepathy: waiver }),
      answers: [
        { path: at('telepathy'), got: waiver, allowed: 'absent, there is no such property', remedy: 'remove it' },
      ],
    },
    {
      when: 'a capability is waived without a reason that can be weighed',
      patch: waives({ searches: { ...waiver, reason: 'why not' } }),
      answers: [
        { path: at('searches.reason'), got: 'why not', allowed: 'at least 20 characters', remedy: 'write more' },
      ],
    },
  ]);

  testVariations([
    {
      accepts: 'every capability that a site can do without',
      patch: waives(
        Object.fromEntries(
          [
            'backups',
            'caches',
            'edge',
            'functions',
            'gateway',
            'queues',
            'readReplicas',
            'releases',
            'searches',
            'topics',
            'workflows',
          ].map((capability) => [capability, waiver]),
        ),
      ),
    },
  ]);
});
