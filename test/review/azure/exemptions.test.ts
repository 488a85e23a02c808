import { reviewSite } from '../../../lib/review/azure/review';
import { formatFinding } from '../../../lib/review/finding';
import { writeSite } from './fixtures';

const reason = 'the standby has no readers before it takes over';

const review = (exemptions: Readonly<Record<string, string>>, rest: object = {}): readonly string[] => {
  const resources = {
    'azurerm_public_ip.Way': {
      '//': { metadata: { path: 'shop-production-data/Nat/Way' }, exemptions },
      name: 'pip-way',
      location: 'eastasia',
      resource_group_name: 'rg',
      allocation_method: 'Static',
      ...rest,
    },
  };
  return reviewSite(writeSite({ resources }), { lock: {}, stage: 'shop-production' }).map(formatFinding);
};

test('fails when a resource is not exempted, and names its construct', () => {
  expect(review({})).toEqual([
    '[diagnostics] shop-production-data/Nat/Way (azurerm_public_ip.Way): must have a diagnostic setting, got none: send its logs and metrics to the workspace',
  ]);
});

test('an exemption answers the findings of its rule on its resource', () => {
  expect(review({ diagnostics: reason })).toEqual([]);
});

test.each([
  [
    'it answers nothing',
    { diagnostics: reason, roles: reason },
    {},
    /^\[exemptions\] .*: is exempted from roles, which finds nothing: take the exemption away$/,
  ],
  [
    'it names no rule',
    { diagnostics: reason, diagnostic: reason },
    {},
    /is exempted from diagnostic, which is no rule: did you mean diagnostics\?/,
  ],
  [
    'its reason is too short',
    { diagnostics: 'no' },
    {},
    /the reason for diagnostics must have at least 20 characters, got "no"/,
  ],
])('fails when %s', (_, exemptions, rest, message) => {
  expect(review(exemptions, rest)).toEqual([expect.stringMatching(message)]);
});

test('fails when a rule that knows no exemption is named, and what it finds stays', () => {
  expect(review({ diagnostics: reason, arguments: reason }, { skuu: 'Standard' })).toEqual([
    expect.stringMatching(/^\[arguments\] .* skuu is no argument here/),
    expect.stringMatching(
      /^\[exemptions\] .* must not be exempted from arguments, the provider refuses it: mend what it finds$/,
    ),
  ]);
});
