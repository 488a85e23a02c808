import { origins } from '../../../../lib/review/azure/rules/origins';
import { change, judges, messagesOf, type Declarations } from '../fixtures';

const group = 'azurerm_cdn_frontdoor_origin_group.Gateway';
const origin = (host_name: string, priority: number) => ({
  cdn_frontdoor_origin_group_id: `\${${group}.id}`,
  host_name,
  priority,
  private_link: { private_link_target_id: host_name },
});
const second = 'azurerm_cdn_frontdoor_origin.Second';

const valid: Declarations = {
  [group]: { health_probe: { path: '/status/ready' } },
  'azurerm_cdn_frontdoor_origin.First': origin('shop.example.com', 1),
  [second]: origin('recovery.shop.example.com', 2),
};

describe('origins', () => {
  judges(origins, valid, [
    ['a site that waits is asked with the first', `${second}/priority`, 1, /has origins of the priorities 1, 1/],
    ['nobody says which is asked first', `${second}/priority`, undefined, /priorities 1, 1: give each another/],
    ['nobody finds out that the first is unwell', `${group}/health_probe`, undefined, /must have a health_probe/],
    ['one of them is open to the internet', `${second}/private_link`, undefined, /reaches 1 of its 2 origins/],
    ['both are one site', `${second}/host_name`, 'shop.example.com', /has two origins of one host_name/],
  ]);

  test('says nothing of one site, nor of another that is turned off', () => {
    const { [second]: _second, ...one } = valid;
    expect(messagesOf(origins, change(one, `${group}/health_probe`, undefined))).toEqual([]);
    const off = change(change(valid, `${second}/enabled`, false), `${second}/priority`, 1);
    expect(messagesOf(origins, off)).toEqual([]);
  });
});
