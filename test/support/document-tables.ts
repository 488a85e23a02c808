/** A row of a table in a document, by the headings of its columns. */
export type DocumentRow = Readonly<Record<string, string>>;

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The rows of the table of a document that has a column of that heading. */
export function tableWith(document: string, heading: string): readonly DocumentRow[] {
  const blocks = document.split(/\n(?!\|)/).map((block) => block.split('\n').filter((line) => line.startsWith('|')));
  const table = blocks.find(([head = '']) => cellsOf(head).includes(heading));
  if (table === undefined) throw new Error(`the document must have a table with a column ${heading}`);
  const [head = '', , ...rows] = table;
  const headings = cellsOf(head);
  return rows.map((row) => Object.fromEntries(cellsOf(row).map((cell, index) => [headings[index] ?? '', cell])));
}

/** What stands between backticks in a text, in its order. */
export const codeIn = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
