import type { Order, Step } from './order';
import { table } from './table';

/** An order as a person reads it, in Markdown. */
export const orderReport = ({ steps }: Order, of: string): string =>
  [
    `# From nothing to both sites: ${of}`,
    'Made from what the outputs read of each other, and from what people do between. Each step comes after what it waits for.',
    table(
      ['', 'step', 'what', 'how', 'waits for'],
      steps.map(({ after, how, id, kind, what }, index) => [
        String(index + 1),
        kind === 'approval' ? `${id} (approval)` : id,
        what,
        how,
        waitsFor(after, steps)
          .map((each) => steps.findIndex(({ id: other }) => other === each) + 1)
          .sort((a, b) => a - b)
          .join(', '),
      ]),
    ),
    '',
  ].join('\n\n');

/** What a step waits for, without what that waits for already. */
function waitsFor(after: readonly string[], steps: readonly Step[]): readonly string[] {
  const before = (id: string): readonly string[] => {
    const own = steps.find((step) => step.id === id)?.after ?? [];
    return [...own, ...own.flatMap(before)];
  };
  const implied = new Set(after.flatMap(before));
  return after.filter((each) => !implied.has(each));
}

export const orderJson = ({ steps }: Order): string => `${JSON.stringify({ steps }, undefined, 2)}\n`;
