import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fenceSeconds, goalsOf, judge, suffer, type Finding } from './drill';
import { faults } from './faults';
import { production } from './platform';
import { findPrograms } from './programs';
import { rowsOf, tableOf } from './report';
import { makeTemplates, sites } from './world';

const USAGE = `usage: npm run drill -- [--fault <name>]... [--list]

  Loses a primary in every way that is known, on two PostgreSQL servers of this machine, and runs the failover steps that
  the platform ships. Prints what was lost and how long it took, and writes review.out/drill.json.

  --fault   one of the faults (default: all of them)
  --list    says which faults there are, and does nothing else
`;

/** Major version of the platform's databases, which the servers must have. */
const oldestMajor = 17;

async function main(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      fault: { type: 'string', multiple: true, default: faults.map(({ name }) => name) },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) console.log(USAGE);
  else if (values.list) console.log(faults.map(({ does, name }) => `${name}: ${does}`).join('\n'));
  else return drill(values.fault);
  return true;
}

async function drill(names: readonly string[]): Promise<boolean> {
  const chosen = names.map((name) => {
    const fault = faults.find((one) => one.name === name);
    if (fault !== undefined) return fault;
    throw new Error(
      `--fault must be one of ${faults.map((one) => one.name).join(', ')}, got ${name}: npm run drill -- --list`,
    );
  });
  const programs = findPrograms();
  if (programs === undefined || programs.major < oldestMajor) {
    throw new Error(
      `a PostgreSQL server of version ${oldestMajor} or newer must be here, got ${programs === undefined ? 'none' : `version ${programs.major}`}: ` +
        'run npm ci without --omit=optional, or set PG_BIN to the folder of initdb',
    );
  }
  const platform = production();
  const goals = goalsOf(platform);
  const began = Date.now();
  console.log(`PostgreSQL ${programs.major} from ${programs.folder}`);
  const templates = await makeTemplates(programs);
  if (templates.leftOut.length > 0)
    console.log(`without what these servers do not carry: ${templates.leftOut.join(', ')}`);
  const findings: (Finding & { readonly broken: readonly string[] })[] = [];
  try {
    for (const fault of chosen) {
      const found = await suffer(fault, programs, templates, platform);
      for (const finding of found) {
        const broken = judge(fault, finding, goals);
        findings.push({ ...finding, broken });
        console.log([...rowsOf(finding), ...broken.map((what) => `  BROKEN: ${what}`)].join('\n'));
      }
    }
  } finally {
    await Promise.all(sites.map(async (site) => templates.servers[site].remove()));
  }
  const passed = findings.every(({ broken }) => broken.length === 0);
  const seconds = (Date.now() - began) / 1000;
  const report = { passed, seconds, goals, fenceSeconds: fenceSeconds(platform), findings };
  const folder = path.resolve(__dirname, '../review.out');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'drill.json'), `${JSON.stringify(report, null, 2)}\n`);
  console.log(
    [
      '',
      tableOf(findings),
      '',
      `${passed ? 'passed' : 'FAILED'} in ${seconds.toFixed(0)} s: review.out/drill.json`,
    ].join('\n'),
  );
  return passed;
}

// Only the end of the last step makes it a success, so that a process which runs out of work has failed.
process.exitCode = 1;
main(process.argv.slice(2)).then(
  (passed) => {
    process.exitCode = passed ? 0 : 1;
  },
  (error: unknown) => console.error(error instanceof Error ? error.message : error),
);
