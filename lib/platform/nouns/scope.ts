import { z } from 'zod';
import { partName } from './scalars';

const names = z.array(partName).readonly().default([]);

/**
 * What was logged is kept this long beside the logs themselves, in days, and cannot be removed before. PCI DSS 10.5.1 asks for a
 * year, three months of it at hand.
 */
export const archiveDays = z.int().min(365).max(3650).default(1095);

/**
 * A part of the platform that is judged apart, such as the one that takes payments by card under PCI DSS. What is in it has
 * subnets of its own, which let in only what is called; keys of its own; roles that cannot open what other keys encrypt; a
 * way out of its own, on AWS to the hosts of its own third parties and to no other; and an archive of its logs that nobody can
 * shorten.
 */
export const scope = z.strictObject({
  /** Under what it is judged, for people: `PCI DSS 4.0.1, cardholder data`. */
  standard: z.string().min(3).max(100),
  /** Services that are in it, migrations and queues of commands among what is theirs. Where it stands on AWS. */
  services: names,
  /** Functions that are in it. Where it stands on Azure. */
  functions: names,
  /** Databases that are in it, and that no service outside uses. */
  databases: names,
  /** Secrets that are in it, and that no service outside uses. */
  secrets: names,
  /** For what its services, databases and networks logged. Where it stands on AWS. */
  archiveDays,
});
export type Scope = z.output<typeof scope>;

/** What can be in a scope. */
export const scopedNouns = ['services', 'functions', 'databases', 'secrets'] as const;
export type ScopedNoun = (typeof scopedNouns)[number];

/** What of that does the work, and so uses the rest. */
export const scopeMembers = ['services', 'functions'] as const satisfies readonly ScopedNoun[];
