/** Public images that the platform itself runs, each by digest and for ARM64 among others. */
export const images = {
  /** Caddy 2.10, as Docker's library published it: answers every request until a service has its first release. */
  bootstrap:
    'public.ecr.aws/docker/library/caddy@sha256:4c6e91c6ed0e2fa03efd5b44747b625fec79bc9cd06ac5235a779726618e530d',
  /**
   * Kong 3.9.3, the free edition, as Docker's library published it on 16 September 2026. Why not a later one:
   * docs/adr/0010-gateway.md.
   */
  gateway: 'public.ecr.aws/docker/library/kong@sha256:12972ce1ab6396083e56e7d46fce084836c98cc819344bef44a1f583ec3ab191',
  /** PostgreSQL 17.10 on Alpine 3.24, as Docker's library published it; migrations use its psql alone. */
  psql: 'public.ecr.aws/docker/library/postgres@sha256:742f40ea20b9ff2ff31db5458d127452988a2164df9e17441e191f3b72252193',
} as const;
