import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { platformNames } from '../../bin/inputs';
import { copyRepository } from '../gates/support/copy';
import { run, scratch } from '../gates/support/run';

const copy = copyRepository(join(scratch(), 'repository'));

test('scripts/synth-all.ts fails when a stage is refused, and goes on to the others', async () => {
  for (const name of platformNames()) rmSync(join(copy, 'platforms', `${name}.ts`));
  writeFileSync(
    join(copy, 'platforms/retailflow.ts'),
    `import { definePlatform } from '../lib/platform/definition';
     const site = { cloud: 'aws', account: '111122223333', region: 'ap-southeast-1', zones: [], network: { cidr: '10.0.0.0/16' } };
     const stage = { domain: 'shop.example.com', sites: { primary: site } };
     export default definePlatform({ name: 'retailflow', stages: { one: stage, two: stage } } as never);`,
  );
  const { status, stderr, stdout } = await run([process.execPath, '--require', 'tsx/cjs', 'scripts/synth-all.ts'], {
    cwd: copy,
  });
  expect(status).toBe(1);
  expect(stdout).toMatch(
    /^retailflow one on aws: \d+ problems?, \d+\.\d s\nretailflow two on aws: \d+ problems?, \d+\.\d s\n$/,
  );
  expect(stderr).toContain('platform retailflow, stage one: ');
  expect(stderr).toMatch(/stages\.two\.sites\.primary\.zones must be at least 2 entries, got \[\]: /);
});
