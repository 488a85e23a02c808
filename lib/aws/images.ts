/** Public images that the platform itself runs, each by digest and for ARM64 among others. */
export const images = {
  /**
   * BusyBox 1.37.0, linked with musl, as Docker's library published it: answers health checks until a service has its first
   * release. Its binary has no file capabilities, without which it could not start confined.
   */
  bootstrap:
    'public.ecr.aws/docker/library/busybox@sha256:222ad6d973c0d198014546a65cd02c5fdedcc172123c5b4c2bf0af636550bd94',
  /**
   * Kong 3.9.3, the free edition, as Docker's library published it on 16 September 2026. Why not a later one:
   * docs/adr/0010-gateway.md.
   */
  gateway: 'public.ecr.aws/docker/library/kong@sha256:12972ce1ab6396083e56e7d46fce084836c98cc819344bef44a1f583ec3ab191',
  /** PostgreSQL 17.10 on Alpine 3.24, as Docker's library published it; migrations use its psql alone. */
  psql: 'public.ecr.aws/docker/library/postgres@sha256:742f40ea20b9ff2ff31db5458d127452988a2164df9e17441e191f3b72252193',
} as const;
