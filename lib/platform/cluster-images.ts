import type { Manifests } from './nouns/delivery';
import type { Mesh } from './nouns/site';
import { collectorImage, k6Image, publicImages, type PublicImage } from './public-images';

/** What runs the mesh, where the cloud does not. */
const meshImages = {
  'istio-pilot': {
    source: 'docker.io/istio/pilot',
    version: '1.31.1',
    digest: 'sha256:212ca088ada22f48be1576e6b688972b8aa7495710abb7c5f1febca856a15577',
  },
  /** The proxy beside each pod. */
  'istio-proxy': {
    source: 'docker.io/istio/proxyv2',
    version: '1.31.1',
    digest: 'sha256:d86cba0dd1eb15c00b6901c69ce5ae3d2d5f8427a47751098cf8c3ab2a4a62e9',
  },
  /** The agent on each node, which sets up the network of pods in the mesh. */
  'istio-cni': {
    source: 'docker.io/istio/install-cni',
    version: '1.31.1',
    digest: 'sha256:49140cc9a9d742cea829f452d93956896e85c4f47bbc7b69cf76484b63cce8b1',
  },
  'cert-manager-controller': {
    source: 'quay.io/jetstack/cert-manager-controller',
    version: 'v1.21.1',
    digest: 'sha256:416a2d76870d996460e62bd7f521bf14fa017be9e3e904aab92163a331fcb61a',
  },
  'cert-manager-webhook': {
    source: 'quay.io/jetstack/cert-manager-webhook',
    version: 'v1.21.1',
    digest: 'sha256:d8b3961b51c8c7320633f8208dc46bf88aa13804d0f7cbe48a096b2c523cee42',
  },
  'cert-manager-cainjector': {
    source: 'quay.io/jetstack/cert-manager-cainjector',
    version: 'v1.21.1',
    digest: 'sha256:ccf6b919ec0500745a47a910118f834f9636d0aac1ff221245cd2557ed8c7c98',
  },
} as const satisfies Readonly<Record<string, PublicImage>>;

/** What applies committed manifests. */
const deliveryImages = {
  'argo-cd': {
    source: 'quay.io/argoproj/argocd',
    version: 'v3.4.5',
    digest: 'sha256:224e454cfd8c1818fec3ed17b72b2034c9a3915fa819e1dcccafc753776d446a',
  },
  /** Cache of Argo CD. */
  redis: {
    source: 'public.ecr.aws/docker/library/redis',
    version: '8.2.3-alpine',
    digest: 'sha256:08ad0b1d280850169a790dba1393ff7a90aef951fc19632cf4d3ce4f78e679ba',
  },
} as const satisfies Readonly<Record<string, PublicImage>>;

/**
 * What the platform runs of others in a cluster. Each lies in the site's own registry as a copy with the same digest, and is
 * pulled from there alone.
 */
export const images = {
  ...publicImages,
  ...meshImages,
  ...deliveryImages,
  /** Makes secrets of the cluster from those of the vault. */
  'external-secrets': {
    source: 'ghcr.io/external-secrets/external-secrets',
    version: 'v2.8.0',
    digest: 'sha256:24c0dd3699e0988520afd2218612758cd97d1f702757b5b4fcf89adaa33ef679',
  },
  /** Takes a new version of a service step by step. */
  'argo-rollouts': {
    source: 'quay.io/argoproj/argo-rollouts',
    version: 'v1.9.1',
    digest: 'sha256:15c0d41f2c69a382d4399bcb28ed4f03ee9f58b56cfc9e6cd55bcbf0f311c06d',
  },
  /** Counts pods by what queues and proxies tell. */
  'keda-operator': {
    source: 'ghcr.io/kedacore/keda',
    version: '2.20.2',
    digest: 'sha256:fe74c7b8849586a67ad2201bcb89e7f5ac221ff90399ecaa8fd28427f1ef11e6',
  },
  'keda-metrics': {
    source: 'ghcr.io/kedacore/keda-metrics-apiserver',
    version: '2.20.2',
    digest: 'sha256:27286536a8a775aeeee37a7e343f8ecebb27ebf680ee1181a4f99e82eefb253b',
  },
  'keda-webhooks': {
    source: 'ghcr.io/kedacore/keda-admission-webhooks',
    version: '2.20.2',
    digest: 'sha256:41f74102aba7959c6e8d08b433ab8a5fd6cae7c5646c78f7fe3de40a52df3439',
  },
  /** Counts the requests of the gateway. */
  valkey: {
    source: 'docker.io/valkey/valkey',
    version: '9.1.2-alpine',
    digest: 'sha256:48332870af354a799964c0012ae1194a0bf2bf894eb508f945810596dc2d8d11',
  },
  prometheus: {
    source: 'quay.io/prometheus/prometheus',
    version: 'v3.14.0',
    digest: 'sha256:5ce7540c3c00ef4ab0c9d2c995c6a5b9c421f44b4a115d97a2c7af3b1c21cbb0',
  },
  /** What tells Prometheus that its configuration changed. */
  'prometheus-reloader': {
    source: 'quay.io/prometheus-operator/prometheus-config-reloader',
    version: 'v0.93.1',
    digest: 'sha256:428f088fe6fe07ab138bda92113664b04848a1dc408e4d3680a60ecdb55d1a65',
  },
  collector: collectorImage,
  k6: k6Image,
} as const satisfies Readonly<Record<string, PublicImage>>;

export type ImageName = keyof typeof images;

/** The images by name. */
export const imageNames = Object.keys(images) as readonly ImageName[];

/** What a cluster needs of them: what the cloud runs itself, and what nobody asked for, is left out. */
export const imagesFor = ({
  loads,
  manifests,
  mesh,
}: {
  readonly manifests: Manifests;
  readonly mesh: Mesh;
  /** Whether load tests run from here. */
  readonly loads: boolean;
}): readonly ImageName[] =>
  imageNames.filter(
    (name) =>
      (name !== 'k6' || loads) &&
      (mesh.flavor === 'self-managed' || !Object.hasOwn(meshImages, name)) &&
      (manifests.by === 'argocd' || !Object.hasOwn(deliveryImages, name)),
  );
