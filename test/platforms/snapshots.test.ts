import { join } from 'node:path';
import { platformNames, stagesOn } from '../../bin/inputs';
import { stagePrefix } from '../../lib/platform/names';
import { synthesized } from '../support/assembly';
import { expectFile, expectFiles } from '../support/file-snapshot';
import { render } from '../support/render';
import { renderDifference, type Stage } from '../support/render-difference';
import { ASSET_HASH } from '../support/snapshot-serializer';
import { Graph } from './support/graph';

/** Where a person reads what a platform is: a file a stack, and how the other stages differ. */
const directory = join(__dirname, '__snapshots__');

/** The stage that is shown whole. */
const whole = 'production';

const normalised = (text: string): string => text.replace(ASSET_HASH, '<asset-hash>');

/** A stage as it is shown. */
function stageOf(name: string, stage: string): Stage {
  const { assembly, platform } = synthesized(name, stage);
  const { alarms, domain, sites } = platform.stage;
  const prefix = stagePrefix(platform);
  const accounts = Object.values(sites).flatMap((site) => (site?.cloud === 'aws' ? [site.account] : []));
  const words = [prefix, prefix.replaceAll('-', ''), domain, alarms.email, ...accounts];
  return { sheets: new Graph(assembly).sheets, words };
}

const names = platformNames().filter((name) => stagesOn(name, 'aws').includes(whole));

describe.each(names)('%s', (name) => {
  const shown = stageOf(name, whole);
  const others = stagesOn(name, 'aws').filter((stage) => stage !== whole);

  test.each(shown.sheets)('$name reads as it did', (sheet) => {
    expectFile(join(directory, name, `${sheet.name}.txt`), normalised(render(sheet)));
  });

  test.each(others)(`%s differs from ${whole} as it did`, (stage) => {
    const difference = renderDifference(shown, stageOf(name, stage));
    expectFile(join(directory, name, `${stage}.difference.txt`), normalised(`${difference}\n`));
  });

  test('there are no files of stacks and stages that are gone', () => {
    expectFiles(join(directory, name), [
      ...shown.sheets.map((sheet) => `${sheet.name}.txt`),
      ...others.map((stage) => `${stage}.difference.txt`),
    ]);
  });
});
