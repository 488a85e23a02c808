import { named } from '../named';
import type { Platform } from '../platform';
import { queryPanels } from '../queries';
import type { Answers } from './pages';

/** Calls by OpenTelemetry's conventions for gRPC, of which the SDK counts how many milliseconds each took. */
const calls = 'rpc_server_duration_milliseconds';

/** Codes of gRPC that are the service's own fault, as the mesh counts them. */
const failed = 'rpc_grpc_status_code=~"2|4|13|14|15"';

/**
 * What services tell of themselves by OpenTelemetry: of HTTP, what is reckoned once a minute for alerts as well; of gRPC, what their
 * SDK counts. `job` is platform and service.
 */
export function telemetryAnswers(
  platform: Pick<Platform, 'goals' | 'name' | 'services'>,
): Pick<Answers, 'errors' | 'p95' | 'queries' | 'requests'> {
  const isGrpc = (service: string) => named('services', platform.services, service).protocol === 'grpc';
  const job = (service: string) => `job="${platform.name}/${service}"`;
  const recorded = (figure: string, service: string) => `service:${figure}{${job(service)}}`;
  const rate = (service: string, part: 'bucket' | 'count', ...more: readonly string[]) =>
    `rate(${calls}_${part}{${[job(service), ...more].join(',')}}[5m])`;
  return {
    requests: (service) =>
      isGrpc(service) ? `60 * sum(${rate(service, 'count')})` : `60 * ${recorded('requests:rate5m', service)}`,
    // Where nothing failed there is no figure of failures, and it is none of a hundred, as long as there are requests.
    errors: (service) =>
      isGrpc(service)
        ? `100 * (sum(${rate(service, 'count', failed)}) or 0 * sum(${rate(service, 'count')})) / sum(${rate(service, 'count')})`
        : `100 * ${recorded('errors:ratio5m', service)} or 0 * ${recorded('requests:rate5m', service)}`,
    p95: (service) =>
      isGrpc(service)
        ? `histogram_quantile(0.95, sum by (le) (${rate(service, 'bucket')}))`
        : `1000 * ${recorded('seconds:p95_5m', service)}`,
    queries: (service) => queryPanels(platform, service),
  };
}
