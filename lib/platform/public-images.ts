/** An image that somebody else publishes. */
export interface PublicImage {
  /** Where it is published. */
  readonly source: string;
  /** Version under which it is published, for people. What is pulled is the digest. */
  readonly version: string;
  /** Of the list of its architectures, ARM64 among them. */
  readonly digest: string;
}

/**
 * What the platform runs of others on every cloud. Each lies in the stage's own registry as a copy with the same digest, and
 * is pulled from there alone.
 */
export const publicImages = {
  /**
   * Linked with musl, as Docker's library published it: answers health checks until a service has its first release. Its
   * binary has no file capabilities, without which it could not start confined.
   */
  busybox: {
    source: 'public.ecr.aws/docker/library/busybox',
    version: '1.37.0-musl',
    digest: 'sha256:222ad6d973c0d198014546a65cd02c5fdedcc172123c5b4c2bf0af636550bd94',
  },
  /**
   * The free edition, as Docker's library published it on 16 September 2026. Why not a later one: docs/adr/0010-gateway.md.
   */
  kong: {
    source: 'public.ecr.aws/docker/library/kong',
    version: '3.9.3',
    digest: 'sha256:12972ce1ab6396083e56e7d46fce084836c98cc819344bef44a1f583ec3ab191',
  },
  /** On Alpine, as Docker's library published it; migrations use its psql alone. */
  postgres: {
    source: 'public.ecr.aws/docker/library/postgres',
    version: '17.10-alpine3.24',
    digest: 'sha256:742f40ea20b9ff2ff31db5458d127452988a2164df9e17441e191f3b72252193',
  },
} as const satisfies Readonly<Record<string, PublicImage>>;

/** What takes figures and traces of services: with the components of its contributors, exporters of both clouds among them. */
export const collectorImage = {
  source: 'docker.io/otel/opentelemetry-collector-contrib',
  version: '0.158.0',
  digest: 'sha256:c5918f78992ee73b0d6f0e599423ac5ec52dd5d9726733114d6eca53d5a32ed5',
} as const satisfies PublicImage;

/** What load tests are run by. On Alpine, with a shell by which a task gives it its script. */
export const k6Image = {
  source: 'docker.io/grafana/k6',
  version: '2.2.0',
  digest: 'sha256:9bd01d6941fca969cb61bb57d2da5ee9b385fe2aa8881df3798c196564d6ace6',
} as const satisfies PublicImage;
