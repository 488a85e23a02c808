/** Public images that the platform itself runs, each by digest and for ARM64 among others. */
export const images = {
  /**
   * Kong 3.9.3, the free edition, as Docker's library published it on 16 September 2026. Why not a later one:
   * docs/adr/0010-gateway.md.
   */
  gateway: 'public.ecr.aws/docker/library/kong@sha256:12972ce1ab6396083e56e7d46fce084836c98cc819344bef44a1f583ec3ab191',
} as const;
