/**
 * Kinds of which nothing is hardened, and why. A kind that is neither here nor hardened fails the test: whoever adds it
 * decides.
 */
export const unhardened: Readonly<Record<string, string>> = {};
