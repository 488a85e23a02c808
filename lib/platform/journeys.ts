import type { Journey } from './nouns/journeys';

/** What the program that walks a journey is told, by environment variable. */
export interface JourneyVariables {
  /** Where the platform is reached: `https://shop.example.com`. */
  readonly ORIGIN: string;
  /** The steps as JSON. */
  readonly STEPS: string;
}

/** What the program is told that walks a journey under a domain. */
export const journeyVariables = (domain: string, { steps }: Pick<Journey, 'steps'>): JourneyVariables => ({
  ORIGIN: `https://${domain}`,
  STEPS: JSON.stringify(steps),
});
