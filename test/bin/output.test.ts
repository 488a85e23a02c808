import fs, { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { replaceOutput } from '../../bin/output';

let outdir: string;
beforeEach(() => {
  outdir = join(mkdtempSync(join(tmpdir(), 'mainstay-output-')), 'cdk.out');
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(dirname(outdir), { recursive: true });
});

type Files = Readonly<Record<string, string>>;

function write(directory: string, files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
}

const read = (directory: string): Files =>
  Object.fromEntries(
    readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((file) => statSync(join(directory, file)).isFile())
      .map((file) => [file, readFileSync(join(directory, file), 'utf8')]),
  );

const LAST = { 'manifest.json': 'last', 'assembly-shop/a.json': 'last', 'tree.json': 'last' };
const NEXT = {
  'manifest.json': 'next',
  'assembly-shop/a.json': 'next',
  'assembly-shop/b.json': 'next',
  'asset.1/index.js': 'next',
};
const LOCK = { 'synth.lock': '1', '.cache/asset.zip': 'packed' };

const replace = (files: Files): Promise<void> =>
  replaceOutput(outdir, (draft) => {
    write(draft, files);
    return Promise.resolve();
  });

describe('replaceOutput', () => {
  test('makes the first output', async () => {
    await replace(NEXT);
    expect(read(outdir)).toEqual(NEXT);
    expect(readdirSync(outdir).sort()).toEqual(['assembly-shop', 'asset.1', 'manifest.json']);
  });

  test('replaces the last output as a whole, and leaves the locks of the command line', async () => {
    write(outdir, { ...LAST, ...LOCK });
    await replace(NEXT);
    expect(read(outdir)).toEqual({ ...NEXT, ...LOCK });
    expect(readdirSync(dirname(outdir))).toEqual(['cdk.out']);
  });

  test('replaces what was proved, with the ways from one region to the other', async () => {
    const proved = ['failover.md', 'order.json', 'order.md', 'recovery.json', 'recovery.md'];
    write(outdir, Object.fromEntries(proved.map((file) => [file, 'last'])));
    await replace({ 'recovery.md': 'next' });
    expect(read(outdir)).toEqual({ 'recovery.md': 'next' });
  });

  test('fails when the draft fails, and leaves the last output as it was', async () => {
    write(outdir, { ...LAST, ...LOCK });
    const failing = replaceOutput(outdir, (draft) => {
      write(draft, { 'manifest.json': 'next' });
      return Promise.reject(new Error('a finding'));
    });
    await expect(failing).rejects.toThrow('a finding');
    expect(read(outdir)).toEqual({ ...LAST, ...LOCK });
    expect(readdirSync(outdir)).toHaveLength(5);
  });

  test('fails when the directory holds anything else, and touches nothing', async () => {
    const files = { ...LAST, 'package.json': '{}', 'lib/index.ts': '' };
    write(outdir, files);
    await expect(replace(NEXT)).rejects.toThrow(
      `${outdir} must hold nothing but the output of a synth, got lib, package.json: name a directory of its own`,
    );
    expect(read(outdir)).toEqual(files);
  });

  /** Every rename of an exchange, counted from the first. */
  const MOVES = 6;

  test.each(Array.from({ length: MOVES }, (_, index) => index))(
    'fails when move %i fails, and leaves the last output as it was',
    async (failing) => {
      write(outdir, LAST);
      const { renameSync } = fs;
      let moves = 0;
      jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
        if (moves++ === failing) throw new Error('no space left');
        renameSync(from, to);
      });
      await expect(replace(NEXT)).rejects.toThrow('no space left');
      expect(read(outdir)).toEqual(LAST);
    },
  );

  test.each(Array.from({ length: MOVES + 1 }, (_, index) => index))(
    'leaves no manifest beside files that are not its own when it is killed before move %i',
    async (last) => {
      write(outdir, LAST);
      const { renameSync } = fs;
      let moves = 0;
      jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
        if (moves++ >= last) throw new Error('killed');
        renameSync(from, to);
      });
      jest.spyOn(fs, 'rmSync').mockImplementation(() => undefined);
      await replace(NEXT).catch(() => undefined);
      jest.restoreAllMocks();

      const left = Object.fromEntries(Object.entries(read(outdir)).filter(([file]) => !file.startsWith('.draft-')));
      const whole = [LAST, NEXT].find((files) => files['manifest.json'] === left['manifest.json']);
      expect(whole ?? left).toEqual(left);
      expect(left['manifest.json']).toBe(last === 0 ? 'last' : last === MOVES ? 'next' : undefined);
    },
  );

  test('removes the drafts of processes that were killed, and none of those that run', async () => {
    const [killed, running] = [`.draft-${2 ** 30}`, `.draft-${process.ppid}`];
    write(outdir, { ...LAST, [`${killed}/new/manifest.json`]: 'draft', [`${running}/new/manifest.json`]: 'draft' });
    await replace(NEXT);
    expect(readdirSync(outdir).filter((name) => name.startsWith('.draft-'))).toEqual([running]);
    expect(read(outdir)).toMatchObject(NEXT);
  });
});
