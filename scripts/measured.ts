import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadDefinition } from '../bin/inputs';
import { formatMeasured, measuredFile, parseMeasured, withRun } from '../lib/platform/load-tests/measured';
import { runOf, summary, type Summary } from '../lib/platform/load-tests/summary';
import { resolveUnallocated } from '../lib/platform/resolve';
import { command } from './load-command';

const USAGE = `usage: npm run measured -- <platform> <stage> <summary.json> [<summary.json> …]

Writes what a good run of a load test found into measured/<platform>/<stage>.json: give it the summaries of all programs of
the run. The next synth holds goals to it, and the next run is held to the median of the last five. Commit the file.

  --root DIR  where measured/ lies (default: this repository)
`;

/** @throws Error that names the file, if it is no summary of the stage */
function read(file: string, platform: string, stage: string): Summary {
  const found = summary.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!found.success)
    throw new Error(
      `${file} must be a summary of a load test, got ${found.error.issues[0]?.path.join('.')} that is none`,
    );
  if (found.data.platform !== platform || found.data.stage !== stage) {
    throw new Error(`${file} must be of ${platform} ${stage}, got ${found.data.platform} ${found.data.stage}`);
  }
  return found.data;
}

process.exitCode = command('measured', USAGE, 3, ([name = '', stage = '', ...files], root) => {
  const platform = resolveUnallocated(loadDefinition(name), stage);
  const file = join(root, measuredFile(platform));
  const before = parseMeasured(platform, existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
  const summaries = files.map((each) => read(each, name, stage));
  const run = runOf(summaries);
  const test = summaries[0]?.test ?? '';
  // A goal that the run misses is refused with the figure, and nothing is written.
  const measured = parseMeasured(platform, withRun(before, test, run));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, formatMeasured(measured));
  process.stdout.write(
    `${name} ${stage} ${test}: ${run.p95Milliseconds} ms and ${run.errorPercent}% errors with ${run.users} users at once, on ${run.date}\n`,
  );
});
