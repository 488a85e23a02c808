/** An asset's hash changes with every byte of the asset. An image's digest is a decision, and stays. */
export const ASSET_HASH = /(?<!sha256:)\b[0-9a-f]{64}\b/g;

/** Whether a value has an asset hash in it, which makes jest print it with `serialize`. */
function test(value: unknown): boolean {
  return typeof value === 'string' && value.search(ASSET_HASH) >= 0;
}

/** Prints a string with `<asset-hash>` in the place of every asset hash. */
function serialize(
  value: string,
  config: unknown,
  indentation: string,
  depth: number,
  refs: unknown,
  print: (value: string, config: unknown, indentation: string, depth: number, refs: unknown) => string,
): string {
  return print(value.replace(ASSET_HASH, '<asset-hash>'), config, indentation, depth, refs);
}

/** How jest prints what holds an asset hash. */
export default { test, serialize };
