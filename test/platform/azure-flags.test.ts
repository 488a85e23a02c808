import { flagCopySite, flagHosts, flagsOn } from '../../lib/platform/azure-flags';
import { sitesOn } from '../../lib/platform/platform';
import type { Definition } from '../../lib/platform/definition';
import { resolved } from '../support/platform';
import { twoAzureSites } from '../support/two-azure-sites';

const waived = { flags: { reason: 'services fall back to what their code says without flags', minutes: 0 } };

const told = (definition: Definition) => {
  const platform = resolved(definition);
  const hosts = sitesOn(platform, 'azure').map((site) => flagHosts(platform, site, 'features'));
  return { platform, hosts };
};

describe('flags on two sites on Azure', () => {
  test('have one store, and each site asks what is near it first', () => {
    const { hosts, platform } = told(twoAzureSites());
    const [[near = '', far = ''] = [], there] = hosts;
    expect(near).toMatch(/^appcs-techflow-production-features-\w{6}\.azconfig\.io$/);
    expect(far).toBe(near.replace('.azconfig', '-recovery.azconfig'));
    expect(there).toEqual([far, near]);
    expect(flagCopySite(platform, 'features')?.region).toBe('northeurope');
  });

  test('stand where they are not waived', () => {
    const { hosts, platform } = told(twoAzureSites({ waives: waived }));
    expect(flagsOn(platform, 'primary').map(([name]) => name)).toEqual(['features']);
    expect(flagsOn(platform, 'recovery')).toEqual([]);
    expect(flagCopySite(platform, 'features')).toBeUndefined();
    expect(hosts[0]).toHaveLength(1);
  });
});
