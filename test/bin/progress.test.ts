import { progressOn } from '../../bin/progress';

function watched(isTTY: boolean) {
  const written: string[] = [];
  let seconds = 0;
  const stream = { isTTY, write: (text: string) => written.push(text) > 0 };
  const progress = progressOn(stream, () => (seconds += 1));
  return { progress, text: () => written.join('') };
}

describe('progress', () => {
  test('is a plain line for whatever happens, where nobody watches', () => {
    const { progress, text } = watched(false);
    progress.begin('aws');
    progress.begin('azure');
    progress.end('azure', '6 stacks');
    progress.end('aws', '3 findings');
    progress.close();
    expect(text()).toBe('aws: begun\nazure: begun\nazure: 6 stacks\naws: 3 findings\n');
  });

  test('is one line that moves on a terminal, and results that stay', () => {
    const { progress, text } = watched(true);
    progress.begin('aws');
    progress.begin('azure');
    progress.end('azure', '6 stacks');
    progress.close();
    const shown = text().replaceAll('\r\u001B[2K', '|');
    expect(shown).toBe('|aws … 1 s|aws, azure … 2 s|azure: 6 stacks\n|aws … 3 s|');
  });
});
