import { one, type Row } from './about';
import { all, like } from './matchers';

const written = 'spec.values.meshConfig.accessLogFormat';

/**
 * A request's id of the platform's own, in a cluster: in every line and every trace of the mesh.
 *
 * @param where Which of several clusters.
 */
export const correlationInMesh = (where = 'the cluster'): Row => ({
  row: `correlation ids in the mesh of ${where}`,
  expectations: [
    one(`every proxy of ${where} writes the correlation id of a request`, 'Release', 'istio-system/release-istiod', {
      [written]: like(/"correlationId":"%REQ\(X-CORRELATION-ID\)%"/),
    }),
    one(`every trace of ${where} has the correlation id of its request`, 'Telemetry', 'istio-system/telemetry-mesh', {
      'spec.tracing[*].customTags.correlation_id.header.name': 'x-correlation-id',
    }),
  ],
});

/** The same at Kong, which gives a request its id and tells whoever asked. */
export const correlationAtKong = (platform: string, where = 'the cluster'): Row => ({
  row: `correlation ids at the gateway of ${where}`,
  expectations: [
    one(
      `the gateway of ${where} gives a request a correlation id, and tells it in the answer`,
      'ExternalSecret',
      `${platform}-gateway/externalsecret-gateway-document`,
      {
        'spec.target.template.data[kong.yml]': all(
          like(/"name":"correlation-id","config":\{[^}]*"header_name":"X-Correlation-Id"/),
          like(/"name":"correlation-id","config":\{[^}]*"echo_downstream":true/),
        ),
      },
    ),
    one(
      `the gateway of ${where} writes the correlation id of a request`,
      'Release',
      `${platform}-gateway/release-kong`,
      {
        'spec.values.env.nginx_http_log_format': like(/"correlationId":"\$http_x_correlation_id"/),
      },
    ),
  ],
});
