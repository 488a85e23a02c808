import { literalText, textsIn, traversalsIn } from '../../../lib/review/azure/expressions';
import { referencesIn } from '../../../lib/review/azure/references';

describe('names in a text', () => {
  test.each([
    ['plain text', 'azurerm_key_vault.Vault.id', []],
    ['an escaped expression', '$${var.a}', []],
    ['an attribute', '${azurerm_key_vault.Vault.id}/x', [['azurerm_key_vault', 'Vault', 'id']]],
    ['positions', '${a_b.C.list[0].x[var.i].y}', [['a_b', 'C', 'list', 'x', 'y']]],
    ['a splat', '${a_b.C.*.id}', [['a_b', 'C', 'id']]],
    [
      'arguments of a function',
      '${join("-", [var.a, lower(var.b)])}',
      [
        ['var', 'a'],
        ['var', 'b'],
      ],
    ],
    [
      'names with hyphens',
      '${data.terraform_remote_state.x-y.outputs.o-p}',
      [['data', 'terraform_remote_state', 'x-y', 'outputs', 'o-p']],
    ],
    [
      'a text in an expression',
      '${coalesce(var.a, "in ${var.b} {")}',
      [
        ['var', 'a'],
        ['var', 'b'],
      ],
    ],
    [
      'two expressions',
      '${var.a}${var.b}',
      [
        ['var', 'a'],
        ['var', 'b'],
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(traversalsIn(text).map(({ names }) => names)).toEqual(expected);
  });
});

test.each([
  ['x', 'x', []],
  ['${var.a}', '${…}', []],
  ['a-${x("b")}-c', 'a-${…}-c', ['b']],
  ['$${a}', '$${a}', []],
])('what of %s is literal', (text, literal, texts) => {
  expect(literalText(text)).toBe(literal);
  expect(textsIn(text)).toEqual(texts);
});

test('names are told apart by what they stand for', () => {
  const text =
    '${var.a}${local.b}${azurerm_subnet.S.id}${data.azurerm_client_config.C.tenant_id}${data.terraform_remote_state.n.outputs.o}${each.value}${path.module}';
  expect(referencesIn(text)).toEqual([
    { kind: 'variable', name: 'a' },
    { kind: 'local', name: 'b' },
    { kind: 'resource', address: 'azurerm_subnet.S', attribute: ['id'] },
    { kind: 'resource', address: 'data.azurerm_client_config.C', attribute: ['tenant_id'] },
    { kind: 'output', state: 'data.terraform_remote_state.n', output: 'o' },
  ]);
});
