import { z } from 'zod';
import { REASON_LENGTH } from './acknowledgement';

const waiver = z.strictObject({ stack: z.string(), logicalId: z.string(), reason: z.string().min(REASON_LENGTH) });

/** A reviewed decision that a resource with data may be replaced or go. */
export type DataWaiver = Readonly<z.output<typeof waiver>>;

/**
 * Reads the text of a file of waivers: a list of `{ stack, logicalId, reason }`.
 *
 * @throws Error that says where the text is no such list, or a reason is too short
 */
export function parseWaivers(text: string): readonly DataWaiver[] {
  return z.array(waiver).parse(JSON.parse(text));
}
