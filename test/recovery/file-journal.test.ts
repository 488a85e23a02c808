import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileJournal } from '../../lib/recovery/file-journal';

const event = (what: string) => JSON.stringify({ at: '2026-11-28T10:00:00.000Z', run: 'r1', what });

describe('a journal in a file', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'journal-'));
    file = path.join(folder, 'r1.jsonl');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is empty before anything happened', () => {
    expect(new FileJournal(file).history()).toEqual([]);
  });

  test('keeps lines in their order, for whichever process comes next', async () => {
    await new FileJournal(file).append(event('began'));
    await new FileJournal(file).append(event('ended'));
    expect(readFileSync(file, 'utf8')).toBe(`${event('began')}\n${event('ended')}\n`);
    expect(new FileJournal(file).history().map(({ what }) => what)).toEqual(['began', 'ended']);
  });

  test('is for its owner alone', async () => {
    await new FileJournal(file).append(event('began'));
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('begins a line of its own after one that was cut off', async () => {
    writeFileSync(file, `${event('began')}\n{"at":"2026`);
    const journal = new FileJournal(file);
    await journal.append(event('ended'));
    expect(journal.history().map(({ what }) => what)).toEqual(['began', 'ended']);
  });

  test('fails when it cannot be written', () => {
    expect(() => new FileJournal(path.join(folder, 'none/r1.jsonl')).append(event('began'))).toThrow(/ENOENT/);
  });
});
