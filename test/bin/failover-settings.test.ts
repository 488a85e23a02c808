import allocations from '../../allocations/retailflow.json';
import { addressVariable, failoverSettings, type SettingsInput } from '../../bin/failover-settings';
import { resolve } from '../../lib/platform/resolve';
import retailflow from '../../platforms/retailflow';

const platform = resolve(retailflow, { stage: 'production', allocations });
const whole = {
  FAILOVER_ADDRESS: '20.212.0.7',
  FAILOVER_PRIMARY_STORE: 'postgresql://mainstay:p%40ss@store.example.com:5433/ignored',
  FAILOVER_RECONCILIATION: 'http://payment.retailflow-payment/reconciliations',
};
const settings = (given: Partial<SettingsInput> = {}) =>
  failoverSettings({ platform, to: 'recovery', task: 'failover', environment: whole, ...given });
const problemsOf = (given: Partial<SettingsInput>): readonly string[] => {
  try {
    settings(given);
    return [];
  } catch (error) {
    return (error as { problems: readonly { path: string }[] }).problems.map(({ path }) => path);
  }
};

describe('settings of the failover control', () => {
  test('are the definition, and what the environment says of the primary', () => {
    const { databases, from, journal, latch, reconciliation, to } = settings();
    expect([from.siteName, to.siteName]).toEqual(['primary', 'recovery']);
    expect(databases['store']?.primary).toEqual({
      host: 'store.example.com',
      port: 5433,
      database: 'store',
      user: 'mainstay',
      password: 'p@ss',
    });
    expect(databases['store']?.recovery).toEqual({
      host: expect.stringMatching(/^psqlve-retailflow-production-store-\w+\.writer\.postgres\.database\.azure\.com$/),
      port: 5432,
      database: 'store',
      user: 'id-retailflow-production-migration',
    });
    expect(latch).toMatch(/^https:\/\/\w+\.blob\.core\.windows\.net\/mainstay-leader\/leader\.json$/);
    expect(journal).toMatch(/^https:\/\/\w+\.blob\.core\.windows\.net\/mainstay-failover\/journal\.jsonl$/);
    expect(reconciliation).toBe(whole.FAILOVER_RECONCILIATION);
  });

  test('are turned round on the way back', () => {
    const { from, to } = settings({ to: 'primary' });
    expect([from.siteName, to.siteName]).toEqual(['recovery', 'primary']);
  });

  test('take what the environment says in place of what is known', () => {
    const environment = {
      ...whole,
      FAILOVER_PRIMARY_STORE: 'unreachable',
      FAILOVER_RECOVERY_STORE: 'postgresql://admins@10.0.0.4',
      FAILOVER_LATCH: 'https://other.example.com/leader.json',
      FAILOVER_JOURNAL: 'file:///tmp/journal.jsonl',
      FAILOVER_KUBERNETES: 'http://127.0.0.1:8001',
    };
    const { databases, journal, kubernetes, latch } = settings({ environment });
    expect(databases['store']).toEqual({
      primary: 'unreachable',
      recovery: { host: '10.0.0.4', port: 5432, database: 'store', user: 'admins' },
    });
    expect([journal, kubernetes, latch]).toEqual([
      environment.FAILOVER_JOURNAL,
      environment.FAILOVER_KUBERNETES,
      environment.FAILOVER_LATCH,
    ]);
  });

  test('need no database to say how far a run is, and no reconciliation where somebody says why', () => {
    expect(problemsOf({ task: 'status', environment: {} })).toEqual([]);
    const environment = { FAILOVER_PRIMARY_STORE: whole.FAILOVER_PRIMARY_STORE };
    expect(problemsOf({ unreconciled: 'it takes no payments', traffic: false, environment })).toEqual([]);
  });

  test('fail when anything is missing, and say all of it at once', () => {
    expect(problemsOf({ to: 'third', environment: {} })).toEqual([
      '--to',
      'FAILOVER_ADDRESS',
      'FAILOVER_PRIMARY_STORE',
      'FAILOVER_RECONCILIATION',
    ]);
    expect(problemsOf({ task: 'follow', environment: whole })).toEqual([
      'FAILOVER_KEEPER',
      'FAILOVER_STANDBY_PASSWORD',
    ]);
    expect(problemsOf({ task: 'follow', environment: whole, keeper: '00000000-0000-4000-8000-000000000007' })).toEqual([
      'FAILOVER_STANDBY_PASSWORD',
    ]);
    expect(
      problemsOf({ platform: resolve(retailflow, { stage: 'development', allocations }), to: 'primary' }),
    ).toContain('stage.sites.recovery');
  });

  test.each(['mysql://a@b', 'store.example.com', 'postgresql://host-alone', 'postgresql://:secret-word@host'])(
    'fail when an address is %s, and tell nobody what it holds',
    (address) => {
      const environment = { ...whole, FAILOVER_PRIMARY_STORE: address };
      expect(problemsOf({ environment })).toEqual(['FAILOVER_PRIMARY_STORE']);
      expect(() => settings({ environment })).not.toThrow(address);
    },
  );

  test('fail when a password of the other site would break out of its setting', () => {
    const FAILOVER_KEEPER = '00000000-0000-4000-8000-000000000007';
    const environment = { ...whole, FAILOVER_KEEPER, FAILOVER_STANDBY_PASSWORD: "x' -c log_statement=all -c y='" };
    expect(problemsOf({ task: 'follow', environment })).toEqual(['FAILOVER_STANDBY_PASSWORD']);
    expect(() => settings({ task: 'follow', environment })).not.toThrow('log_statement');
  });

  test('fail when the identity of the keeper would break out of its setting', () => {
    const environment = {
      ...whole,
      FAILOVER_STANDBY_PASSWORD: 'sixteen-or-more-letters',
      FAILOVER_KEEPER: '00000000-0000-4000-8000-000000000007 -c x=y',
    };
    expect(problemsOf({ task: 'follow', environment })).toEqual(['FAILOVER_KEEPER']);
    const { keeperPrincipal, standbyPassword } = settings({
      task: 'follow',
      environment: { ...environment, FAILOVER_KEEPER: environment.FAILOVER_KEEPER.slice(0, 36) },
    });
    expect([keeperPrincipal, standbyPassword]).toEqual([
      '00000000-0000-4000-8000-000000000007',
      'sixteen-or-more-letters',
    ]);
  });

  test('take the address that the site told, unless the environment says another one', () => {
    const { FAILOVER_ADDRESS: _, ...environment } = whole;
    expect(settings({ address: '20.212.0.9', environment }).recoveryAddress).toBe('20.212.0.9');
    expect(settings({ address: '20.212.0.9' }).recoveryAddress).toBe(whole.FAILOVER_ADDRESS);
  });

  test.each(['localhost', '20.212.0', '::1'])('fail when the address of the site is %s', (address) => {
    expect(problemsOf({ environment: { ...whole, FAILOVER_ADDRESS: address } })).toEqual(['FAILOVER_ADDRESS']);
  });

  test('take a host for the edge of the site as well', () => {
    const environment = { ...whole, FAILOVER_ADDRESS: 'shop-x.z01.azurefd.net' };
    expect(settings({ environment }).recoveryAddress).toBe('shop-x.z01.azurefd.net');
  });

  test('name variables by site and database', () => {
    expect(addressVariable('recovery', 'order-book')).toBe('FAILOVER_RECOVERY_ORDER_BOOK');
  });
});
