import { kongConfiguration } from '../../../lib/platform/gateway/configuration';
import { sandboxModule, tokenTag, userIdHeader, userIdScript } from '../../../lib/platform/gateway/user-id';
import { platform, pluginOf, references, routesOf } from './support';

const document = kongConfiguration(platform, references);
const [script = ''] = pluginOf(document.plugins, 'pre-function')?.access ?? [];

describe('the user’s header', () => {
  test('is taken from every client before anything else is decided', () => {
    const [, run = ''] = script.split('return function()');
    expect(run.trim().split('\n')[0]).toBe(`kong.service.request.clear_header("${userIdHeader}")`);
  });

  test('is set once, after every refusal', () => {
    expect(script.split('set_header(')).toHaveLength(2);
    expect(script.lastIndexOf('refuse()')).toBeLessThan(script.indexOf('.set_header('));
  });

  test('is set on routes whose token is checked, and on no others', () => {
    expect(script).toContain(`tag == "${tokenTag}"`);
    for (const { plugins, tags } of routesOf(document)) {
      expect(tags.includes(tokenTag)).toBe(pluginOf(plugins, 'jwt') !== undefined);
    }
  });

  test('is set for tokens of the issuer alone, whichever key signed them', () => {
    const refused = script.indexOf('if claims.iss ~= "https://shop.example.com" then\n    return refuse()');
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(script.indexOf('.set_header('));
  });

  test('is what limits are counted by wherever it is set', () => {
    for (const { plugins, tags } of routesOf(document)) {
      const limit = pluginOf(plugins, 'rate-limiting');
      expect(limit?.header_name).toBe(tags.includes(tokenTag) ? userIdHeader : undefined);
    }
  });

  test('comes from the token as the jwt plugin itself reads it, and needs no other module', () => {
    expect(script.match(/require\("[^"]*"\)/g)).toEqual([`require("${sandboxModule}")`]);
    expect(script).toBe(userIdScript(platform.gateway?.tokens.issuer ?? ''));
  });
});
