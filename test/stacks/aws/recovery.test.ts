import { nothingTold, type SiteOutputs } from '../../../lib/platform/outputs';
import { objectOf } from '../../../lib/review/json';
import retailflow from '../../../platforms/retailflow';
import { synthesize, synthesized, type Synthesized } from '../../support/assembly';
import { production, resolved, retailflowWith } from '../../support/platform';
import { remember } from '../../support/remember';

/** The stack of RetailFlow, or of another platform, once the recovery site has told something. */
function stackWith(outputs: Partial<SiteOutputs>, definition: Parameters<typeof resolved>[0] = retailflow) {
  const { assembly } = synthesize({
    platform: resolved(definition),
    releases: {},
    outputs: { ...nothingTold, ...outputs },
  });
  return objectOf(assembly.stacks.find(({ name }) => name.endsWith('/Recovery'))?.template);
}

const template = () => objectOf(synthesized('retailflow', 'production').stack('Recovery').template);
const told = remember(() => stackWith({ link: { addresses: ['20.1.2.3', '20.1.2.4'] } }));

describe('the stack of what the primary has for its recovery site', () => {
  test('is refused by name while the addresses of the other end are not told', () => {
    const rules = objectOf(template().Rules);
    expect(rules['NoUntoldAddresses']).toMatchObject({
      Assertions: [
        {
          AssertDescription: expect.stringMatching(
            /^outputs\/retailflow\/production\.json lacks link\.addresses: apply the stack link-base on Azure/,
          ),
        },
      ],
    });
    expect(objectOf(told().Rules)['NoUntoldAddresses']).toBeUndefined();
  });

  test('is refused by name while the identity of what copies objects is not told', () => {
    expect(objectOf(told().Rules)['NoUntoldIdentities']).toMatchObject({
      Assertions: [
        {
          AssertDescription: expect.stringMatching(
            /^outputs\/retailflow\/production\.json lacks identities\.object-copier: apply the stack foundation on Azure/,
          ),
        },
      ],
    });
    const identity = '3d0f5b1e-6c42-4d7a-9b8f-2e5a7c9d1b64';
    const known = stackWith({ identities: { 'object-copier': { clientId: identity, principalId: identity } } });
    expect(objectOf(known.Rules)['NoUntoldIdentities']).toBeUndefined();
    expect(JSON.stringify(known)).toContain(`"CLIENT_ID":"${identity}"`);
  });

  test('copies no objects where the recovery site does without', () => {
    const waives = { objects: { reason: 'nobody needs what the buckets hold', minutes: 0 } };
    const template = stackWith(
      {},
      retailflowWith({
        goals: { recovery: { objectsPointMinutes: null } },
        ...(production({ sites: { recovery: { waives } } }) as object),
      }),
    );
    expect(JSON.stringify(template)).not.toContain('ObjectCopies');
    expect(objectOf(template.Rules)['NoUntoldIdentities']).toBeUndefined();
    expect(JSON.stringify(template)).not.toContain('blob.core.windows.net');
  });

  test('leads to addresses of documents until then, and then to those that were told', () => {
    const text = (given: object): string => JSON.stringify(given);
    expect(text(template())).toContain('"192.0.2.1"');
    expect(text(told())).not.toContain('192.0.2.');
    expect(text(told())).toContain('"20.1.2.4"');
  });

  test('is there while there is a recovery site on another cloud, and not otherwise', () => {
    const stacks = ({ assembly }: Synthesized): readonly string[] => assembly.stacks.map(({ name }) => name);
    expect(stacks(synthesized('retailflow', 'development'))).not.toContain('retailflow-development/Recovery');
    const alone = retailflowWith({
      goals: { recovery: null },
      ...(production({ sites: { recovery: null } }) as object),
    });
    expect(stacks(synthesize({ platform: resolved(alone), releases: {} }))).not.toContain(
      'retailflow-production/Recovery',
    );
  });
});
