import type { KeyId } from './token-keys';

/** Variables of the gateway's container, the same on every cloud. */
export const gatewayVariables = {
  /** The declarative document, with placeholders. */
  document: 'GATEWAY_DOCUMENT',
  cacheHost: 'GATEWAY_CACHE_HOST',
  /** A secret. */
  cacheUser: 'GATEWAY_CACHE_USER',
  /** A secret. */
  cachePassword: 'GATEWAY_CACHE_PASSWORD',
} as const;

/** Variable with a public key of tokens in PEM; kept with its private half, so it comes in as a secret does. */
export const publicKeyVariable = (id: KeyId): string => `GATEWAY_TOKEN_PUBLIC_KEY_${id.toUpperCase()}`;

/** Where requests are counted. Who counts them there, and by which password, comes in by {@link gatewayVariables}. */
export interface LimitsCounter {
  /** @default - what {@link gatewayVariables} names, which the start of the container puts in */
  readonly cacheHost?: string;
  readonly cachePort: number;
  /**
   * Whether the gateway encrypts, and verifies the cache's name. Not where a proxy beside it does both.
   *
   * @default true
   */
  readonly cacheTls?: boolean;
}

/** A value that Kong itself reads from a variable, when it needs it. Works in fields that Kong calls referenceable. */
export const vaultReference = (variable: string): string =>
  `{vault://env/${variable.toLowerCase().replaceAll('_', '-')}}`;

/** A value that the start of the container puts in, for fields that Kong does not let refer to anything. */
export const placeholder = (variable: string): string => `@${variable}@`;
