/**
 * Types of which nothing is hardened, and why. A type that is neither here nor hardened fails the test: whoever adds it
 * decides.
 */
export const unhardened: Readonly<Record<string, string>> = {};
