import { about, one, type Row } from '../../../support/about';
import { absent, between, containing, exactly, like, oneOf } from '../../../support/matchers';
import { ofEach, ofServices } from './facts';

/** Rules of services themselves, and not of hosts outside. */
const ofOwn = /^retailflow-(\w+)\/destinationrule-\1$/;
const policy = 'spec.trafficPolicy';

export const mesh: Row = {
  row: 'mesh',
  expectations: [
    one(
      'the whole mesh takes nothing but mutual TLS',
      'PeerAuthentication',
      'istio-system/peerauthentication-default',
      {
        'spec.mtls.mode': 'STRICT',
        'spec.selector': absent,
      },
    ),
    one(
      'the whole mesh lets nobody in, but whom a policy names',
      'AuthorizationPolicy',
      'istio-system/authorizationpolicy-allow-nothing',
      {
        spec: {},
      },
    ),
    one('the mesh writes down requests and traces', 'Telemetry', 'istio-system/telemetry-mesh', {
      'spec.accessLogging[*].providers[*].name': 'envoy',
      'spec.tracing[*].providers[*].name': 'traces',
      'spec.tracing[*].randomSamplingPercentage': between(1, 100),
      'spec.tracing[*].customTags.correlation_id.header.name': 'x-correlation-id',
    }),
    one(
      'only the edge is not in the mesh, at the ports of the gateway',
      'PeerAuthentication',
      'retailflow-gateway/peerauthentication-gateway',
      {
        'spec.mtls.mode': 'STRICT',
        'spec.portLevelMtls': { '8000': { mode: 'DISABLE' }, '8100': { mode: 'DISABLE' } },
        'spec.selector.matchLabels': { 'app.kubernetes.io/component': 'app', 'app.kubernetes.io/name': 'gateway' },
      },
    ),
    ...about(
      { type: 'DestinationRule', where: ofOwn, count: 5 },
      {
        'services are called by mutual TLS': { path: `${policy}.tls.mode`, is: 'ISTIO_MUTUAL' },
        'a pod that fails gets no requests for a while': {
          path: `${policy}.outlierDetection.consecutiveGatewayErrors`,
          is: between(3, 10),
        },
        'a pod that answers with failures of its own stays': {
          path: `${policy}.outlierDetection.consecutive5xxErrors`,
          is: 0,
        },
        'pods are looked at every ten seconds': { path: `${policy}.outlierDetection.interval`, is: '10s' },
        'a pod that failed comes back': { path: `${policy}.outlierDetection.baseEjectionTime`, is: '30s' },
        'half of the pods stay, however they fail': {
          path: `${policy}.outlierDetection.maxEjectionPercent`,
          is: between(10, 50),
        },
        'a pod that is not there is not waited for': { path: `${policy}.connectionPool.tcp.connectTimeout`, is: '2s' },
        'requests that wait have an end': { path: `${policy}.connectionPool.http.http1MaxPendingRequests`, is: 1024 },
        'requests at once have an end': { path: `${policy}.connectionPool.http.http2MaxRequests`, is: 1024 },
        'requests go to the pod that has least to do': { path: `${policy}.loadBalancer.simple`, is: 'LEAST_REQUEST' },
      },
    ),
    ...ofEach((name, { release, timeout }) =>
      release === 'in place'
        ? []
        : [
            one(`a request to ${name} has an end`, 'VirtualService', `retailflow-${name}/virtualservice-${name}`, {
              'spec.http[*].timeout': `${timeout}s`,
            }),
            one(
              `a request to ${name} is tried again where nobody has begun with it`,
              'VirtualService',
              `retailflow-${name}/virtualservice-${name}`,
              {
                'spec.http[*].retries': { attempts: 2, retryOn: 'connect-failure,refused-stream' },
              },
            ),
            one(
              `${name} is called by its name in the cluster`,
              'VirtualService',
              `retailflow-${name}/virtualservice-${name}`,
              {
                'spec.hosts': exactly(`${name}.retailflow-${name}.svc.cluster.local`),
              },
            ),
            one(
              `rules of ${name} are of its own host`,
              'DestinationRule',
              `retailflow-${name}/destinationrule-${name}`,
              {
                'spec.host': `${name}.retailflow-${name}.svc.cluster.local`,
              },
            ),
          ],
    ),
    ...about(
      { type: 'DestinationRule', where: /^retailflow-\w+\/destinationrule-(api|fcm|oauth2|untold)\./, count: 7 },
      {
        'connections to others have an end': {
          path: `${policy}.connectionPool.tcp.maxConnections`,
          is: between(10, 1000),
        },
        'others that do not answer are not waited for': {
          path: `${policy}.connectionPool.tcp.connectTimeout`,
          is: like(/^\d+ms$/),
        },
        'others that fail are left alone for a while': {
          path: `${policy}.outlierDetection.consecutiveLocalOriginFailures`,
          is: between(3, 10),
        },
        'rules of hosts outside are of their namespace alone': { path: 'spec.exportTo', is: exactly('.') },
      },
    ),
    one(
      'certificates of the mesh come from an authority of the cluster',
      'Certificate',
      'istio-system/certificate-istio-ca',
      {
        'spec.isCA': true,
        'spec.secretName': 'cacerts',
        'spec.issuerRef.name': 'mesh-root',
        'spec.duration': '2160h',
        'spec.renewBefore': '720h',
        'spec.privateKey.algorithm': 'ECDSA',
        'spec.privateKey.rotationPolicy': 'Always',
      },
    ),
    one('the root of the mesh stays', 'Certificate', 'istio-system/certificate-mesh-root', {
      'spec.isCA': true,
      'spec.secretName': 'mesh-root',
      'spec.issuerRef.name': 'self-signed',
      'spec.duration': '87600h',
      'spec.renewBefore': '8760h',
      'spec.privateKey.rotationPolicy': 'Never',
      'spec.privateKey.algorithm': 'ECDSA',
    }),
    one('the authority of the mesh signs with its root', 'Issuer', 'istio-system/issuer-mesh-root', {
      'spec.ca.secretName': 'mesh-root',
    }),
    one('the root of the mesh signs itself', 'Issuer', 'istio-system/issuer-self-signed', { spec: { selfSigned: {} } }),
    one('the mesh refuses old TLS, and hosts that nobody named', 'Release', 'istio-system/release-istiod', {
      'spec.values.meshConfig.meshMTLS.minProtocolVersion': 'TLSV1_3',
      'spec.values.meshConfig.outboundTrafficPolicy.mode': 'REGISTRY_ONLY',
      'spec.values.meshConfig.pathNormalization.normalization': 'MERGE_SLASHES',
      'spec.values.global.proxy.privileged': false,
      'spec.values.cni.enabled': true,
      'spec.values.env.ENABLE_NATIVE_SIDECARS': 'true',
    }),
    one('the control plane stands twice at least', 'Release', 'istio-system/release-istiod', {
      'spec.values.autoscaleMin': between(2, 5),
      'spec.values.pdb': { minAvailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' },
      'spec.values.topologySpreadConstraints': containing(
        { topologyKey: 'topology.kubernetes.io/zone' },
        { topologyKey: 'kubernetes.io/hostname' },
      ),
    }),
    ...about(
      { type: 'AuthorizationPolicy', where: ofServices },
      { 'policies of services let in': { path: 'spec.action', is: oneOf('ALLOW') } },
    ),
  ],
};
