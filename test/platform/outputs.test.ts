import {
  identityOf,
  linkAddresses,
  missingLinkAddresses,
  missingOutputs,
  nothingTold,
  parseOutputs,
  toldBy,
} from '../../lib/platform/outputs';
import retailflow from '../../platforms/retailflow';
import { resolved } from '../support/platform';
import { twoAzureSites } from '../support/two-azure-sites';

const platform = resolved(retailflow);
const ids = { clientId: '11111111-0000-4000-8000-000000000000', principalId: '22222222-0000-4000-8000-000000000000' };
const told = { link: { addresses: ['20.1.2.3', '20.1.2.4'] } };

describe('outputs of a stage', () => {
  test('are identities, and addresses of the link', () => {
    expect(parseOutputs(platform, { identities: { order: ids }, ...told })).toEqual({
      identities: { order: ids },
      ...told,
    });
  });

  test('are nothing while nothing was told', () => {
    expect(parseOutputs(platform, {})).toEqual(nothingTold);
    expect(missingOutputs(platform, nothingTold)).toContain('identities.order');
    expect(identityOf(nothingTold, 'order').clientId).toMatch(/^0{8}-/);
  });

  test('stand in for addresses that were not told with those that only documents use', () => {
    expect(linkAddresses(nothingTold)).toEqual(['192.0.2.1', '192.0.2.2']);
    expect(missingLinkAddresses(nothingTold)).toEqual(['link.addresses']);
    const outputs = parseOutputs(platform, told);
    expect(linkAddresses(outputs)).toEqual(['20.1.2.3', '20.1.2.4']);
    expect(missingLinkAddresses(outputs)).toEqual([]);
  });

  test('count addresses of documents as not told, whoever wrote them', () => {
    const outputs = parseOutputs(platform, { link: { addresses: ['20.1.2.3', '203.0.113.9'] } });
    expect(missingLinkAddresses(outputs)).toEqual(['link.addresses']);
  });

  test('are shared by two sites on Azure, but for what watches each', () => {
    const two = resolved(twoAzureSites());
    const [here, there] = ['https://here.example/', 'https://there.example/'];
    const outputs = parseOutputs(two, { identities: { user: ids }, metricsUrl: here, recovery: { metricsUrl: there } });
    expect(toldBy(two, 'primary', outputs)).toMatchObject({ identities: { user: ids }, metricsUrl: here });
    expect(toldBy(two, 'recovery', outputs)).toEqual({ identities: { user: ids }, metricsUrl: there });
    expect(toldBy(two, 'recovery', { identities: {}, metricsUrl: here })).toEqual({ identities: {} });
    expect(toldBy(platform, 'recovery', { identities: {}, metricsUrl: here }).metricsUrl).toBe(here);
    expect(missingOutputs(two, outputs)).toEqual(expect.arrayContaining(['insights', 'recovery.insights']));
    expect(missingOutputs(two, outputs)).not.toContain('recovery.metricsUrl');
  });

  test('fail when a stage without a second site on Azure is told of one', () => {
    expect(() => parseOutputs(platform, { recovery: {} })).toThrow(
      'recovery must be nothing, since the stage has not two sites on azure',
    );
  });

  const file = 'outputs/retailflow/production.json';
  test.each([
    ['an address is none', { link: { addresses: ['20.1.2.3', '20.1.2.400'] } }, `${file} link.addresses.1`],
    ['an address is missing', { link: { addresses: ['20.1.2.3'] } }, `${file} link.addresses`],
    ['both instances have one address', { link: { addresses: ['20.1.2.3', '20.1.2.3'] } }, 'two addresses that differ'],
    ['an identity is of no workload', { identities: { oder: ids } }, `${file} identities.oder`],
    ['a key is told', { link: { ...told.link, key: 'secret' } }, `${file} link.key`],
  ])('fails when %s', (_title, input, message) => {
    expect(() => parseOutputs(platform, input)).toThrow(message);
  });

  test('fails when a stage without a link is told its addresses', () => {
    expect(() => parseOutputs(resolved(retailflow, 'development'), told)).toThrow(
      'outputs/retailflow/development.json link must be nothing, since the stage has no link',
    );
  });
});
