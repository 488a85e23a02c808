import { loadDefinition } from '../../../bin/inputs';
import { unheard } from '../../../lib/platform/checks/unheard';
import { applyPatch } from '../../../lib/platform/patch';
import type { Definition } from '../../../lib/platform/definition';
import { problemsOf, production } from '../../support/platform';

const number = { kind: 'number', type: 'toll-free', azure: '+18005551234' };

/** What is said where nobody hears it, and where somebody does; a patch of a platform that is otherwise committed. */
interface Row {
  /** The word of the table. */
  readonly at: string;
  readonly platform: string;
  readonly patch: object;
  /** Where the problem is found. */
  readonly path: string;
  readonly got: unknown;
  /** The same word where it is heard. @default - nowhere */
  readonly heard?: { readonly platform: string; readonly patch: object };
}

const rows: readonly Row[] = [
  {
    at: 'databases.*.topology',
    platform: 'techflow',
    patch: { databases: { store: { topology: 'aurora' } } },
    path: 'databases.store.topology',
    got: 'aurora',
    heard: { platform: 'retailflow', patch: { databases: { store: { topology: 'aurora' } } } },
  },
  {
    at: 'databases.*.storageGiB',
    platform: 'shopflow',
    patch: { databases: { store: { storageGiB: 200 } } },
    path: 'databases.store.storageGiB',
    got: 200,
    heard: { platform: 'techflow', patch: { databases: { store: { storageGiB: 200 } } } },
  },
  {
    at: 'databases.*.storageGiB',
    platform: 'retailflow-azure',
    patch: { databases: { catalog: { storageGiB: 300 } } },
    path: 'databases.catalog.storageGiB',
    got: 300,
  },
  {
    at: 'databases.*.readerScaling',
    platform: 'techflow',
    patch: { databases: { store: { readerScaling: { max: 5 } } } },
    path: 'databases.store.readerScaling',
    got: { max: 5 },
    heard: { platform: 'retailflow', patch: { databases: { store: { readerScaling: { max: 5 } } } } },
  },
  {
    at: 'caches.*.engine',
    platform: 'techflow',
    patch: { caches: { sessions: { engine: 'valkey' } } },
    path: 'caches.sessions.engine',
    got: 'valkey',
    heard: { platform: 'retailflow', patch: { caches: { sessions: { engine: 'valkey' } } } },
  },
  {
    at: 'messages.*.sms.countries.*.registered',
    platform: 'techflow',
    patch: {
      messages: { people: { sms: { countries: { SE: { kind: 'name', name: 'TECHFLOW', registered: true } } } } },
    },
    path: 'messages.people.sms.countries.SE.registered',
    got: true,
    heard: {
      platform: 'retailflow',
      patch: {
        messages: { customers: { sms: { countries: { SG: { kind: 'name', name: 'RETAIL', registered: true } } } } },
      },
    },
  },
  {
    at: 'messages.*.sms.countries.*.azure',
    platform: 'shopflow',
    patch: { messages: { customers: { sms: { countries: { US: number } } } } },
    path: 'messages.customers.sms.countries.US.azure',
    got: number.azure,
  },
  {
    at: 'services.*.release.rollback.errorsAbove',
    platform: 'techflow',
    patch: { services: { user: { release: { rollback: { errorsAbove: 'stable' } } } } },
    path: 'services.user.release.rollback.errorsAbove',
    got: 'stable',
  },
  {
    at: 'goals.commitments',
    platform: 'techflow',
    patch: { goals: { commitments: { coveredPercent: 60, usedPercent: 90 } } },
    path: 'goals.commitments',
    got: { coveredPercent: 60, usedPercent: 90 },
    heard: { platform: 'retailflow', patch: { goals: { commitments: { coveredPercent: 60, usedPercent: 90 } } } },
  },
  ...Object.entries({ objectEvents: 'all', config: 'organization', accessAnalyzer: 'organization' }).map(
    ([word, got]) => ({
      at: `stage.audit.${word}`,
      platform: 'techflow',
      patch: production({ audit: { [word]: got } }) as object,
      path: `stages.production.audit.${word}`,
      got,
      heard: { platform: 'retailflow', patch: production({ audit: { [word]: got } }) as object },
    }),
  ),
  {
    at: 'scopes.*.archiveDays',
    platform: 'retailflow-azure',
    patch: { scopes: { cards: { archiveDays: 1095 } } },
    path: 'scopes.cards.archiveDays',
    got: 1095,
    heard: { platform: 'shopflow', patch: { scopes: { cards: { archiveDays: 1095 } } } },
  },
  {
    at: 'stage.sites.primary.link',
    platform: 'techflow',
    patch: production({ sites: { primary: { link: { awsAsn: 64_600 } } } }) as object,
    path: 'stages.production.sites.primary.link',
    got: { awsAsn: 64_600 },
  },
  {
    at: 'stage.sites.recovery.link',
    platform: 'techflow',
    patch: production({ sites: { recovery: { link: { awsAsn: 64_600 } } } }) as object,
    path: 'stages.production.sites.recovery.link',
    got: { awsAsn: 64_600 },
    heard: {
      platform: 'retailflow',
      patch: production({ sites: { recovery: { link: { awsAsn: 64_600 } } } }) as object,
    },
  },
  {
    at: 'stage.sites.primary.network.officesAsn',
    platform: 'retailflow',
    patch: production({ sites: { primary: { network: { officesAsn: 64_700 } } } }) as object,
    path: 'stages.production.sites.primary.network.officesAsn',
    got: 64_700,
    heard: {
      platform: 'techflow-solutions',
      patch: production({ sites: { primary: { network: { officesAsn: 64_700 } } } }) as object,
    },
  },
  {
    at: 'gateway.scale.backlogPerTask',
    platform: 'retailflow',
    patch: { gateway: { scale: { backlogPerTask: 10 } } },
    path: 'gateway.scale.backlogPerTask',
    got: 10,
  },
];

const changed = (platform: string, patch: object): Definition =>
  applyPatch(loadDefinition(platform), patch) as Definition;

/** The problems that a change brings. */
const brought = (platform: string, patch: object) => {
  const paths = new Set(problemsOf(loadDefinition(platform)).map(({ path }) => path));
  return problemsOf(changed(platform, patch)).filter(({ path }) => !paths.has(path));
};

describe('what nobody hears', () => {
  test('has a row here for every word of the table', () => {
    expect([...new Set(rows.map(({ at }) => at))].sort()).toEqual(unheard.map(({ at }) => at).sort());
  });

  test.each(rows)('fails when $platform says $path', ({ at, got, patch, path, platform }) => {
    const word = unheard.find((each) => each.at === at);
    expect(brought(platform, patch)).toEqual([{ path, got, allowed: word?.allowed, remedy: word?.remedy }]);
    expect(word?.allowed).toMatch(/^absent\b/);
    expect(word?.remedy).toMatch(/^(remove|write) it/);
  });

  test.each(rows.flatMap(({ at, heard }) => (heard === undefined ? [] : [{ at, ...heard }])))(
    'accepts $at of $platform, where it is heard',
    ({ patch, platform }) => {
      expect(brought(platform, patch)).toEqual([]);
    },
  );

  test("is nobody's problem in a stage on Azure alone while another stage hears it", () => {
    const { recovery } = loadDefinition('retailflow').stages['production']?.sites ?? {};
    const sites = { primary: { ...recovery, link: null }, recovery: null };
    const moved = applyPatch(loadDefinition('retailflow'), {
      goals: { recovery: null },
      stages: { production: null },
    }) as Definition;
    const { staging } = loadDefinition('retailflow').stages;
    const definition = {
      ...moved,
      stages: {
        ...moved.stages,
        production: { ...staging, hostedZone: { cloud: 'azure', resourceGroup: 'dns', name: 'example.com' }, sites },
      },
    };
    const paths = problemsOf(definition as unknown as Definition).map(({ path }) => path);
    expect(paths.filter((path) => /topology|engine|registered/.test(path))).toEqual([]);
  });
});
