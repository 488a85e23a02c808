import { nothingTold } from '../../../lib/platform/outputs';
import { objectOf } from '../../../lib/review/json';
import retailflow from '../../../platforms/retailflow';
import { synthesize } from '../../support/assembly';
import { production, resolved, retailflowWith } from '../../support/platform';
import { remember } from '../../support/remember';

const template = remember((link?: readonly [string, string]) => {
  const { assembly } = synthesize({
    platform: resolved(retailflow),
    releases: {},
    outputs: link === undefined ? nothingTold : { ...nothingTold, link: { addresses: link } },
  });
  const stack = assembly.stacks.find(({ name }) => name.endsWith('/Recovery'));
  return objectOf(stack?.template);
});
const told = (): ReturnType<typeof template> => template(['20.1.2.3', '20.1.2.4']);

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

  test('leads to addresses of documents until then, and then to those that were told', () => {
    const text = (given: object): string => JSON.stringify(given);
    expect(text(template())).toContain('"192.0.2.1"');
    expect(text(told())).not.toContain('192.0.2.');
    expect(text(told())).toContain('"20.1.2.4"');
  });

  test('is there while there is a recovery site on another cloud, and not otherwise', () => {
    const stacks = (definition: Parameters<typeof resolved>[0], stage: string): readonly string[] =>
      synthesize({ platform: resolved(definition, stage), releases: {} }).assembly.stacks.map(({ name }) => name);
    expect(stacks(retailflow, 'development')).not.toContain('retailflow-development/Recovery');
    const alone = retailflowWith({
      goals: { recovery: null },
      ...(production({ sites: { recovery: null } }) as object),
    });
    expect(stacks(alone, 'production')).not.toContain('retailflow-production/Recovery');
  });
});
