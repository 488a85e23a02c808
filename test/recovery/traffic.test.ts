import { switchTraffic, type TrafficProps } from '../../lib/recovery/traffic';
import { contextOf, TestClock } from '../support/answering-server';

const address = '20.212.0.7';

describe('switching traffic', () => {
  let names: readonly string[];
  let well: boolean;
  let clock: TestClock;
  const step = (given: Partial<TrafficProps> = {}) =>
    switchTraffic({
      domain: 'shop.example.com',
      recovery: address,
      to: 'recovery',
      lookup: () => Promise.resolve(names),
      answers: () => Promise.resolve(well),
      ...given,
    });

  beforeEach(() => {
    names = ['18.0.0.1', '18.0.0.2'];
    well = true;
    clock = new TestClock();
  });

  test('waits until the domain leads to the recovery site, by its address', async () => {
    expect(await step().check(contextOf(clock), undefined)).toMatchObject({ state: 'due' });
    clock.onSleep = () => {
      if (clock.time >= Date.parse('2026-11-28T10:01:30Z')) names = [address];
    };
    expect(await step().run(contextOf(clock))).toEqual({ seconds: 90 });
    expect(await step().check(contextOf(clock), undefined)).toMatchObject({ state: 'done' });
  });

  test('waits on the way back until it leads there no more', async () => {
    const back = step({ to: 'primary' });
    expect(await back.check(contextOf(clock), undefined)).toMatchObject({ state: 'done' });
    names = ['18.0.0.1', address];
    expect(await back.check(contextOf(clock), undefined)).toMatchObject({ state: 'due' });
  });

  test('knows the recovery site by a host as well, of whose addresses it sees some', async () => {
    const host = 'shop-x.z01.azurefd.net';
    const at: Record<string, readonly string[]> = { 'shop.example.com': [address, '20.0.0.2'], [host]: [address] };
    const by = { recovery: host, lookup: (name: string) => Promise.resolve(at[name] ?? []) };
    expect(await step(by).check(contextOf(clock), undefined)).toMatchObject({ state: 'done' });
    at['shop.example.com'] = ['18.0.0.1'];
    expect(await step(by).check(contextOf(clock), undefined)).toMatchObject({ state: 'due' });
    // Nobody can tell while the host itself is unknown.
    at[host] = [];
    expect(await step({ ...by, to: 'primary' }).check(contextOf(clock), undefined)).toMatchObject({ state: 'due' });
  });

  test('takes a name that nobody can look up for no site: neither way is done by it', async () => {
    const silent = { lookup: () => Promise.reject(new Error('ESERVFAIL')) };
    for (const to of ['primary', 'recovery'] as const) {
      expect(await step({ ...silent, to }).check(contextOf(clock), undefined)).toMatchObject({ state: 'due' });
    }
    names = [];
    expect(await step({ to: 'primary' }).check(contextOf(clock), undefined)).toMatchObject({ state: 'due' });
  });

  test('fails when names do not follow', async () => {
    await expect(step({ seconds: 120 }).run(contextOf(clock))).rejects.toThrow(
      'shop.example.com does not lead to the recovery site 120 s after the latch was set: change its records',
    );
  });

  test('fails when the domain leads there and does not answer well, and bears a bad minute', async () => {
    well = false;
    await expect(step().verify(contextOf(clock), {})).rejects.toThrow(/does not answer well there/);
    clock.onSleep = () => {
      well = true;
    };
    await step().verify(contextOf(clock), {});
  });
});
