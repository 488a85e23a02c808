/**
 * Does work on each item, on so many at once at most, in their order.
 *
 * @throws whatever the work throws first; what has begun is not waited for then
 */
export async function atMost<Item>(
  many: number,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: many }, worker));
}
