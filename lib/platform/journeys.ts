import { secretEntry } from './names';
import type { Journey } from './nouns/journeys';
import type { Platform } from './platform';

/** What the program that walks a journey is told, by environment variable. */
export interface JourneyVariables {
  /** Where the platform is reached: `https://shop.example.com`. */
  readonly ORIGIN: string;
  /** The steps as JSON. */
  readonly STEPS: string;
  /** How it signs in, as JSON; it names entries of a secret, and holds no value. @default - it does not */
  readonly SIGN_IN?: string;
}

/** What a walk must know of the platform. */
export type Walked = Pick<Platform, 'name' | 'secrets' | 'stageName'> & {
  readonly stage: { readonly domain: string; readonly sites: { readonly primary: { readonly region: string } } };
};

/** Entries of the secret by which a journey signs in, by field; none, where it does not. */
export const signInEntries = (
  platform: Pick<Walked, 'name' | 'secrets' | 'stageName'>,
  { signIn }: Pick<Journey, 'signIn'>,
): Readonly<Record<string, string>> =>
  signIn === undefined
    ? {}
    : Object.fromEntries(
        (platform.secrets[signIn.secret]?.fields ?? []).map((field) => [
          field,
          secretEntry(platform, signIn.secret, field),
        ]),
      );

/** What the program is told that walks a journey of a platform. */
export function journeyVariables(platform: Walked, journey: Pick<Journey, 'signIn' | 'steps'>): JourneyVariables {
  const { signIn, steps } = journey;
  const { domain, sites } = platform.stage;
  const told = { ORIGIN: `https://${domain}`, STEPS: JSON.stringify(steps) };
  if (signIn === undefined) return told;
  const { secret: _secret, ...rest } = signIn;
  const entries = signInEntries(platform, journey);
  return { ...told, SIGN_IN: JSON.stringify({ ...rest, region: sites.primary.region, entries }) };
}
