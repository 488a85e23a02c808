import { gatewayDirectory, kongEnvironment } from '../../../lib/platform/gateway/environment';

const settings = {
  gateway: { capacity: { vcpu: 2, memoryGiB: 4 }, maxBodyMiB: 10 },
  trustedRanges: ['10.16.0.0/16'],
  drainSeconds: 60,
  longestTimeoutSeconds: 20,
};
const environment = kongEnvironment(settings);

describe('the settings', () => {
  test('run Kong without a database and without administration', () => {
    expect(environment).toMatchObject({
      KONG_DATABASE: 'off',
      KONG_ADMIN_LISTEN: 'off',
      KONG_ADMIN_GUI_LISTEN: 'off',
      KONG_ANONYMOUS_REPORTS: 'off',
      KONG_REQUEST_DEBUG: 'off',
      KONG_HEADERS: 'off',
    });
    expect(environment).not.toHaveProperty('KONG_DECLARATIVE_CONFIG_STRING');
  });

  test('listen with TLS for requests and apart for health', () => {
    expect(environment['KONG_PROXY_LISTEN']).toBe('0.0.0.0:8000 ssl reuseport backlog=16384');
    expect(environment['KONG_STATUS_LISTEN']).toBe('0.0.0.0:8100');
  });

  test('verify whom Kong talks to, services and cache', () => {
    expect(environment).toMatchObject({
      KONG_LUA_SSL_TRUSTED_CERTIFICATE: 'system',
      KONG_LUA_SSL_VERIFY_DEPTH: '4',
      KONG_NGINX_PROXY_PROXY_SSL_VERIFY: 'on',
      KONG_NGINX_PROXY_PROXY_SSL_VERIFY_DEPTH: '4',
      KONG_NGINX_PROXY_PROXY_SSL_TRUSTED_CERTIFICATE: '/etc/ssl/certs/ca-certificates.crt',
    });
  });

  test('believe the addresses that trusted proxies report, and no others', () => {
    expect(environment).toMatchObject({
      KONG_TRUSTED_IPS: '10.16.0.0/16',
      KONG_NGINX_PROXY_REAL_IP_HEADER: 'X-Forwarded-For',
      KONG_NGINX_PROXY_REAL_IP_RECURSIVE: 'on',
    });
  });

  test.each([
    [20, 65],
    [120, 125],
  ])(
    'with answers of up to %d s, outlive a balancer that closes after %d s on the way in, and not on the way out',
    (longestTimeoutSeconds, balancerSeconds) => {
      const { KONG_NGINX_HTTP_KEEPALIVE_TIMEOUT = '', KONG_UPSTREAM_KEEPALIVE_IDLE_TIMEOUT } = kongEnvironment({
        ...settings,
        longestTimeoutSeconds,
      });
      expect(Number.parseInt(KONG_NGINX_HTTP_KEEPALIVE_TIMEOUT, 10)).toBeGreaterThan(balancerSeconds);
      expect(Number(KONG_UPSTREAM_KEEPALIVE_IDLE_TIMEOUT)).toBeLessThan(balancerSeconds);
    },
  );

  test('write below one directory', () => {
    expect(environment['KONG_PREFIX']).toBe(gatewayDirectory);
    expect(environment['KONG_NGINX_PROXY_PROXY_MAX_TEMP_FILE_SIZE']).toBe('0');
  });

  test('follow the gateway’s size and drain time', () => {
    expect(environment).toMatchObject({
      KONG_NGINX_MAIN_WORKER_PROCESSES: '2',
      KONG_NGINX_MAIN_WORKER_SHUTDOWN_TIMEOUT: '60s',
      KONG_NGINX_HTTP_CLIENT_MAX_BODY_SIZE: '10m',
    });
    const small = kongEnvironment({
      ...settings,
      gateway: { ...settings.gateway, capacity: { vcpu: 0.5, memoryGiB: 1 } },
    });
    expect(small['KONG_NGINX_MAIN_WORKER_PROCESSES']).toBe('1');
  });

  test('log one JSON object a request, with its correlation id and without its query and its token', () => {
    const format = environment['KONG_NGINX_HTTP_LOG_FORMAT'] ?? '';
    const [, text = ''] = /^gateway escape=json '(.*)'$/.exec(format) ?? [];
    const fields = JSON.parse(text) as Record<string, string>;
    expect(fields['correlationId']).toBe('$http_x_correlation_id');
    expect(fields['path']).toBe('$uri');
    expect(format).not.toMatch(/\$(request|request_uri|args|query_string|http_authorization|http_cookie)\b/);
    expect(environment['KONG_PROXY_ACCESS_LOG']).toBe('/dev/stdout gateway');
  });

  test('let the gateway’s Lua load one module', () => {
    expect(environment['KONG_UNTRUSTED_LUA']).toBe('sandbox');
    expect(environment['KONG_UNTRUSTED_LUA_SANDBOX_REQUIRES']).toBe('kong.plugins.jwt.jwt_parser');
  });

  test('begin a trace of a share of requests where somebody takes it, and load nothing for it otherwise', () => {
    expect(kongEnvironment({ ...settings, tracedPercent: 5 })).toEqual({
      ...environment,
      KONG_PLUGINS: `${environment['KONG_PLUGINS']},opentelemetry`,
      KONG_TRACING_INSTRUMENTATIONS: 'request',
      KONG_TRACING_SAMPLING_RATE: '0.05',
    });
    expect(JSON.stringify(environment)).not.toMatch(/opentelemetry|TRACING/);
  });

  test('look for the mark of load tests where some come, and load nothing for it otherwise', () => {
    expect(kongEnvironment({ ...settings, admitsLoads: true })).toEqual({
      ...environment,
      KONG_PLUGINS: `${environment['KONG_PLUGINS']},key-auth`,
    });
    expect(environment['KONG_PLUGINS']).not.toContain('key-auth');
  });

  describe('of a gateway with a certificate of its own', () => {
    const certified = kongEnvironment({ ...settings, certificate: { certificate: '/tls/crt', key: '/tls/key' } });

    test('show it on both ports', () => {
      expect(certified).toEqual({
        ...environment,
        KONG_SSL_CERT: '/tls/crt',
        KONG_SSL_CERT_KEY: '/tls/key',
        KONG_STATUS_LISTEN: '0.0.0.0:8100 ssl',
        KONG_STATUS_SSL_CERT: '/tls/crt',
        KONG_STATUS_SSL_CERT_KEY: '/tls/key',
      });
    });

    test('name none otherwise', () => {
      expect(Object.keys(environment).filter((name) => name.includes('SSL_CERT'))).toEqual([]);
    });
  });
});
