import { platformPolicy, rangePattern, routePolicy } from '../../lib/azure/api-management-policies';
import { gateway as schema, type ApiManagement as Model } from '../../lib/platform/nouns/gateway';
import { route as routeSchema } from '../../lib/platform/nouns/service';

const gateway = schema.parse({
  kind: 'api-management',
  scale: { min: 2, max: 4 },
  tokens: { issuer: 'https://shop.example.com', secret: 'token-keys' },
}) as Model;
const route = (patch: object) => routeSchema.parse({ path: '/api/orders', ...patch });

describe('policies', () => {
  const of = (patch: object) =>
    routePolicy({ name: 'order-api-orders', route: route(patch), gateway, backend: 'order', timeoutSeconds: 20 });

  test('behind a token verify it by the keys of the vault, and count its user', () => {
    const policy = of({ requestsPerMinute: 60 });
    for (const id of ['a', 'b', 'c']) {
      expect(policy).toContain(`<key id='${id}' n='{{token-modulus-${id}}}' e='AQAB' />`);
    }
    expect(policy).toContain('.ExpirationTime > DateTime.UtcNow.AddSeconds(3660))');
    expect(policy).toContain('<issuer>https://shop.example.com</issuer>');
    expect(policy).toContain(
      `<rate-limit-by-key calls='60' renewal-period='60' counter-key='@("order-api-orders:" + ((Jwt)context.Variables["token"]).Subject)'`,
    );
    expect(policy).toContain(`<set-header name='X-User-Id' exists-action='override'>`);
    expect(policy).toContain("<set-backend-service backend-id='order' />");
    expect(policy).toContain("<forward-request timeout='20'");
  });

  test('without a token ask for none, and count the address', () => {
    const policy = of({ authentication: 'none' });
    expect(policy).not.toContain('validate-jwt');
    expect(policy).toContain(`calls='600'`);
    expect(policy).toContain('(string)context.Variables["client"]');
    expect(policy).not.toContain('X-User-Id');
  });

  describe('where load tests come', () => {
    const loaded = (patch: object) =>
      routePolicy({
        name: 'order-api-orders',
        route: route(patch),
        gateway,
        backend: 'order',
        timeoutSeconds: 20,
        loadPerMinute: 9000,
      });
    const calls = (policy: string) => /<rate-limit-by-key calls='([^']*)'/.exec(policy)?.[1];

    test('let an address ask as often as they do if its requests have the mark, and by the limit of the route if not', () => {
      expect(calls(loaded({ authentication: 'none', requestsPerMinute: 30 }))).toBe(
        '@(context.Request.Headers.GetValueOrDefault("x-amzn-waf-load-test", "") == "admitted" ? 9000 : 30)',
      );
    });

    test('verify tokens and count users as everywhere', () => {
      const mark = "<set-header name='x-amzn-waf-load-test' exists-action='delete' />";
      expect(loaded({})).toContain(mark);
      expect(loaded({}).replace(new RegExp(`\\s+${mark}`), '')).toBe(of({}));
    });

    test('hand the mark to no service, once it was looked at', () => {
      const policy = loaded({ authentication: 'none' });
      expect(policy.indexOf("exists-action='delete'")).toBeGreaterThan(policy.indexOf('<rate-limit-by-key'));
    });

    test('know no mark where none come', () => {
      expect(of({ authentication: 'none' })).not.toContain('x-amzn-waf');
    });
  });

  test('add the headers of the route, in place of what a client sends', () => {
    expect(of({ addHeaders: { 'X-Tier': 'gold' } })).toMatch(
      /<set-header name='X-Tier' exists-action='override'>\n\s+<value>gold<\/value>/,
    );
  });

  test('fail when a header would end its attribute', () => {
    expect(() => of({ addHeaders: { "X-'": 'gold' } })).toThrow("name of a policy must be without ', < and &");
  });

  test('of all requests take away what only the gateway may say, and give a correlation id', () => {
    const policy = platformPolicy({ gateway, cidr: '10.16.0.0/16', domain: 'shop.example.com' });
    for (const name of ['X-User-Id', 'X-Release']) {
      expect(policy).toContain(`<set-header name='${name}' exists-action='delete' />`);
    }
    expect(policy).toContain(`<set-header name='X-Correlation-Id' exists-action='skip'>`);
    expect(policy).toContain('10485760L');
    expect(policy).toContain('^10[.]16[.]');
  });

  test('take no body that does not say how long it is, since nothing would bound it', () => {
    const policy = platformPolicy({ gateway, cidr: '10.16.0.0/16', domain: 'shop.example.com' });
    const [unmeasured, measured] = [...policy.matchAll(/<when condition='([^']+)'>[^]*?code='(\d+)'/g)].map(
      ([, condition, code]) => [code, condition],
    );
    expect(unmeasured).toEqual(['411', '@(context.Request.Headers.ContainsKey("Transfer-Encoding"))']);
    expect(measured?.[0]).toBe('413');
  });

  test.each(['inbound', 'backend', 'outbound', 'on-error'])('have a part %s, and are whole', (part) => {
    for (const policy of [of({}), platformPolicy({ gateway, cidr: '10.16.0.0/16', domain: 'shop.example.com' })]) {
      expect(policy.split(`<${part}>`)).toHaveLength(2);
      expect(policy.split(`</${part}>`)).toHaveLength(2);
    }
  });

  test.each([
    ['10.16.0.0/16', '10.16.200.7', '10.17.0.1'],
    ['10.16.32.0/20', '10.16.47.9', '10.16.48.9'],
    ['10.16.32.0/24', '10.16.32.9', '10.16.33.9'],
    ['10.1.0.0/16', '10.1.2.3', '10.16.2.3'],
  ])('know the addresses of %s', (range, inside, outside) => {
    const pattern = new RegExp(rangePattern(range));
    expect([pattern.test(inside), pattern.test(outside)]).toEqual([true, false]);
  });

  test('fail when the network has a range of another size', () => {
    expect(() => rangePattern('10.0.0.0/12')).toThrow('prefix /16 to /24');
  });
});
