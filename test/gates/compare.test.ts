import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { cdkContext, root } from '../../bin/inputs';
import { resolve } from '../../lib/platform/resolve';
import { createApp } from '../../stacks/aws/app';
import { allocationsFor, retailflowWith } from '../support/platform';
import { callScript, type Called } from '../support/call-script';
import { run, scratch, type Run } from './support/run';
import { first, stackOf } from './support/tree';

const directory = scratch();
const stage = 'retailflow-production';
const allocations = allocationsFor(retailflowWith({}));

/** An assembly of RetailFlow's production stage, with something changed in its definition or in its tree. */
function assembly(patch: unknown = {}, change: (app: App) => void = () => undefined): string {
  const outdir = mkdtempSync(join(directory, 'cdk.out-'));
  const platform = resolve(retailflowWith(patch), { stage: 'production', allocations });
  const { app } = createApp({ context: cdkContext(), outdir, load: () => ({ platform, releases: {} }) });
  change(app);
  app.synth();
  return outdir;
}

const compare = (...args: readonly string[]): Called => callScript('compare-templates', args);

/** The lines below a heading of the report. */
const section = (report: string, heading: string): readonly string[] =>
  report
    .split('\n\n')
    .map((part) => part.trimEnd().split('\n'))
    .filter(([first]) => first?.startsWith(heading))
    .flatMap(([, ...lines]) => lines);

describe('scripts/compare-templates.ts on assemblies of RetailFlow', () => {
  const base = assembly();

  test('finds no difference between a platform and itself', () => {
    const { status, stderr, stdout } = compare(base, assembly());
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Stacks: 0 new, 0 removed, 0 changed, \d+ unchanged\.\n$/);
  });

  test('names the stacks to deploy with --force when a value changes that their templates only refer to', () => {
    const isOrder = ({ node }: ec2.CfnSecurityGroup): boolean => node.path.includes('/OrderService');
    const head = assembly({}, (app) => {
      const group = first(stackOf(app, 'Cluster'), ec2.CfnSecurityGroup, isOrder);
      group.groupDescription = 'Another description, which replaces the group';
    });
    const { status, stdout } = compare(base, head);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Stacks: 0 new, 0 removed, 1 changed, /);
    expect(section(stdout, `Changed: ${stage}/Cluster`)).toEqual([
      expect.stringMatching(
        /^ {2}replace AWS::EC2::SecurityGroup .*\/OrderService\/Resource \(\w+\): GroupDescription$/,
      ),
    ]);
    const redeploy = section(stdout, 'Redeploy with --force');
    const readers = redeploy.map((line) => line.trim().split(' ')[0]);
    expect(readers).toContain(`${stage}/Service-Order`);
    expect(readers).not.toContain(`${stage}/Network`);
    expect(
      redeploy.filter((line) => !/ of retailflow-production\/Cluster: OrderService\w+ is replaced$/.test(line)),
    ).toEqual([]);
  });

  describe('when a queue is taken away and the database has another logical id', () => {
    const markdown = join(directory, 'report.md');
    let head: string;
    let report: Run;
    beforeAll(async () => {
      head = assembly(
        {
          queues: { 'order-updates': null },
          topics: { 'order-events': { subscribers: ['analytics-events'] } },
          services: { notification: { uses: { receives: ['notifications', 'undelivered'] } } },
        },
        (app) => first(stackOf(app, 'Data'), rds.CfnDBCluster).overrideLogicalId('Renamed'),
      );
      const script = join(root, 'scripts/compare-templates.ts');
      report = await run([process.execPath, '--import', 'tsx', script, base, head, '--markdown', markdown]);
    });

    test('fails with every loss of data by name', () => {
      const lost = /^ {2}(\S+) \((\w+)\): (\S+) leaves the stack and stays behind unmanaged, which puts .* at stake: /;
      const losses = section(report.stdout, 'Data at risk').map((line) => lost.exec(line)?.slice(1, 4));
      expect(report).toMatchObject({ status: 1, stderr: '' });
      expect(losses).toHaveLength(4);
      expect(losses).toEqual(
        expect.arrayContaining([
          [expect.stringContaining(`${stage}/Data/StoreDatabase/`), expect.any(String), 'AWS::RDS::DBCluster'],
          [`${stage}/Messaging/OrderUpdatesQueue/Queue/Resource`, expect.any(String), 'AWS::SQS::Queue'],
          [`${stage}/Messaging/OrderUpdatesQueue/DeadLetters/Resource`, expect.any(String), 'AWS::SQS::Queue'],
        ]),
      );
    });

    test('writes the same as Markdown for the pull request', () => {
      const text = readFileSync(markdown, 'utf8');
      expect(text).toMatch(/^## Templates: 4 problems\n/);
      expect(text).toContain('### Data at risk: this fails the check');
      expect(text).toContain(`### Changed: ${stage}/Messaging`);
    });

    test('passes when each loss is waived with a reason', () => {
      const waivers = section(report.stdout, 'Data at risk').map((line) => {
        const [, path = '', logicalId = ''] = /^ {2}(\S+) \((\w+)\)/.exec(line) ?? [];
        return { stack: path.split('/').slice(0, 2).join('/'), logicalId, reason: 'moved by hand, see the decision' };
      });
      const file = join(directory, 'waivers.json');
      writeFileSync(file, JSON.stringify(waivers));
      const { status, stdout } = compare(base, head, '--waivers', file);
      expect(status).toBe(0);
      expect(section(stdout, 'Data: look twice')).toHaveLength(waivers.length);
    });
  });
});
