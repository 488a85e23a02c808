import type { Platform } from '../platform';
import { collectorPorts, resourceAttributes } from '../telemetry';
import { gatewayWord } from '../names';
import type { OpenTelemetryConfig } from './document';

/** Headers by which a trace goes on from one service to the next. Where the gateway begins traces, it says them itself. */
export const traceHeaders: readonly string[] = ['baggage', 'traceparent', 'tracestate'];

/**
 * How the gateway tells of requests where a collector is beside it. It begins every trace, whatever a request says: people could
 * else choose for themselves what is kept.
 */
export const gatewayTraces = ({ name, stageName }: Pick<Platform, 'name' | 'stageName'>): OpenTelemetryConfig => ({
  traces_endpoint: `http://127.0.0.1:${collectorPorts.http}/v1/traces`,
  resource_attributes: { ...resourceAttributes(name, stageName), 'service.name': gatewayWord },
  propagation: { extract: [], clear: ['baggage', 'tracestate'], inject: ['w3c'], default_format: 'w3c' },
});
