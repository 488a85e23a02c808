import { kongConfiguration } from '../../../lib/platform/gateway/configuration';
import { tracesPlugin } from '../../../lib/platform/gateway/plugins';
import { gatewayTraces } from '../../../lib/platform/gateway/traces';
import { schemaProblems } from './kong-schema';
import { platform, references } from './support';

const traces = gatewayTraces({ name: 'shop', stageName: 'production' });
const telling = kongConfiguration(platform, { ...references, traces });

test('the gateway begins a trace of its own, whoever asks, where something takes what it tells', () => {
  expect(telling.plugins.filter(({ name }) => name === tracesPlugin)).toEqual([
    {
      name: 'opentelemetry',
      config: {
        traces_endpoint: 'http://127.0.0.1:4318/v1/traces',
        resource_attributes: {
          'deployment.environment': 'production',
          'service.name': 'gateway',
          'service.namespace': 'shop',
        },
        // Nobody outside says which of their requests are kept.
        propagation: { extract: [], clear: ['baggage', 'tracestate'], inject: ['w3c'], default_format: 'w3c' },
      },
    },
  ]);
  expect(schemaProblems(telling)).toEqual([]);
});

test('nothing else of its document changes, and without it there is none', () => {
  const silent = kongConfiguration(platform, references);
  expect({ ...telling, plugins: telling.plugins.filter(({ name }) => name !== tracesPlugin) }).toEqual(silent);
});
