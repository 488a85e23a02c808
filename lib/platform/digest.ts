/** How long a {@link digest} is. */
const digestLength = 6;

/** FNV-1a, 32 bits, as six letters and digits: tells names apart, hides nothing. */
export function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(36).padStart(digestLength, '0').slice(-digestLength);
}
