import { z } from 'zod';
import { dataClass, partName, placement } from './scalars';
import { uses } from './service';

/** What a function may use: what a service may, but other services, workflows, and what logs in with a password. */
export const functionUses = uses.pick({
  databases: true,
  documents: true,
  readsDocuments: true,
  reads: true,
  writes: true,
  sends: true,
  receives: true,
  publishes: true,
  secrets: true,
  integrations: true,
});

const versions = <Language extends string, const Versions extends readonly [string, ...string[]]>(
  language: Language,
  supported: Versions,
  standard: Versions[number],
) => z.strictObject({ language: z.literal(language), version: z.literal(supported).default(standard) });

/**
 * What runs the code. Versions are those that Azure's Flex Consumption plan offers:
 * https://learn.microsoft.com/azure/azure-functions/supported-languages
 */
const runtime = z.discriminatedUnion('language', [
  versions('node', ['20', '22'], '22'),
  versions('dotnet-isolated', ['8.0', '9.0', '10.0'], '10.0'),
  versions('python', ['3.11', '3.12', '3.13'], '3.13'),
  versions('java', ['17', '21'], '21'),
  versions('powershell', ['7.4'], '7.4'),
  /** A program in any language, such as Go, that the host calls by HTTP: a custom handler. */
  versions('custom', ['1.0'], '1.0'),
]);

/** Code that runs when its time comes or a message waits, and costs nothing otherwise. */
export const serverlessFunction = z.strictObject({
  /** The team that is called. */
  team: partName.optional(),
  runtime: runtime,
  /** Memory of an instance in MiB. */
  memoryMiB: z.literal([512, 2048, 4096]).default(2048),
  /** Most instances at once, each with an address in the network. The maximum is also the cap on cost. */
  maxInstances: z.int().min(1).max(1000).default(10),
  /**
   * Instances that always stand, so that nobody waits for a start: of the function in the app that has the name declared here.
   * They cost by the hour.
   */
  alwaysReady: z.int().min(0).max(100).default(0),
  /** When it runs, as cron spells it, in UTC: minute, hour, day of the month, month, day of the week. @default - by messages alone */
  schedule: z.string().optional(),
  /** A run that takes longer is ended, in minutes. */
  timeoutMinutes: z.int().min(1).max(240).default(30),
  uses: functionUses.prefault({}),
  /** Services whose own tables it may read, in the databases that it uses; it may write none of them. */
  copiesFrom: z.array(partName).readonly().default([]),
  dataClass: dataClass.default('internal'),
  on: placement.default(['recovery']),
});
export type ServerlessFunction = z.output<typeof serverlessFunction>;
