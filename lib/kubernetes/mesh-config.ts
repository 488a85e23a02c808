import { clusterCollector, collectorPorts } from '../platform/telemetry';

/** A provider of what proxies tell, as Istio has it. */
interface TracesProvider {
  readonly name: string;
  readonly opentelemetry: { readonly service: string; readonly port: number };
}

/** Settings of the mesh as a whole, as far as they are set: https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/ */
export interface MeshConfig {
  readonly accessLogFile: string;
  readonly accessLogEncoding: 'JSON';
  readonly accessLogFormat: string;
  readonly enablePrometheusMerge: true;
  readonly enableTracing: true;
  readonly extensionProviders: readonly TracesProvider[];
  readonly outboundTrafficPolicy: { readonly mode: 'REGISTRY_ONLY' };
  readonly meshMTLS: { readonly minProtocolVersion: 'TLSV1_3' };
  readonly pathNormalization: { readonly normalization: 'MERGE_SLASHES' };
}

/** Name under which proxies find the collector of traces. */
export const tracesProvider = 'traces';

/** Where the collector takes traces: the service that its chart makes, and the port of OTLP over gRPC. */
export const tracesAddress = { host: clusterCollector, port: collectorPorts.grpc } as const;

/**
 * Fields of a line of the access log: who called whom, how it ended and how long it took, with the ids by which a request is
 * followed from the edge to the database. Addresses and headers of customers are left out.
 */
export const accessLogFields = {
  time: '%START_TIME%',
  requestId: '%REQ(X-REQUEST-ID)%',
  correlationId: '%REQ(X-CORRELATION-ID)%',
  traceparent: '%REQ(TRACEPARENT)%',
  method: '%REQ(:METHOD)%',
  path: '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH):256%',
  protocol: '%PROTOCOL%',
  authority: '%REQ(:AUTHORITY)%',
  status: '%RESPONSE_CODE%',
  details: '%RESPONSE_CODE_DETAILS%',
  flags: '%RESPONSE_FLAGS%',
  durationMilliseconds: '%DURATION%',
  upstreamMilliseconds: '%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%',
  attempts: '%UPSTREAM_REQUEST_ATTEMPT_COUNT%',
  bytesReceived: '%BYTES_RECEIVED%',
  bytesSent: '%BYTES_SENT%',
  caller: '%DOWNSTREAM_PEER_URI_SAN%',
  upstreamCluster: '%UPSTREAM_CLUSTER%',
  upstreamHost: '%UPSTREAM_HOST%',
  route: '%ROUTE_NAME%',
} as const;

/**
 * Settings of the mesh: it speaks TLS 1.3 with itself, knows every host outside by name or refuses it, and compares paths as
 * those who answer would.
 */
export const meshConfig: MeshConfig = {
  accessLogFile: '/dev/stdout',
  accessLogEncoding: 'JSON',
  accessLogFormat: JSON.stringify(accessLogFields),
  // Figures of a pod that says so are read with those of its proxy.
  enablePrometheusMerge: true,
  enableTracing: true,
  extensionProviders: [
    { name: tracesProvider, opentelemetry: { service: tracesAddress.host, port: tracesAddress.port } },
  ],
  outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
  meshMTLS: { minProtocolVersion: 'TLSV1_3' },
  pathNormalization: { normalization: 'MERGE_SLASHES' },
};
