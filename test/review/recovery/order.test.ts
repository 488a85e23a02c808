import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../bin/inputs';
import { handSteps } from '../../../lib/review/recovery/data/hand-steps';
import { orderOf, orderProblems } from '../../../lib/review/recovery/order';
import { orderReport } from '../../../lib/review/recovery/order-report';
import type { AwsOutputs, Outputs } from '../../../lib/review/recovery/outputs';
import { recoveryOutputs, withStacks } from '../../support/recovery';

let outputs: Outputs<AwsOutputs>;
beforeAll(async () => ({ outputs } = await recoveryOutputs('retailflow', 'production')));

const positions = (): ReadonlyMap<string, number> =>
  new Map(orderOf(outputs).steps.map(({ id }, index) => [id, index]));

test('every stack, state and cluster has a step, and every step comes after what it waits for', () => {
  const { steps } = orderOf(outputs);
  const count =
    outputs.primary.assembly.stacks.length +
    outputs.recovery.site.stacks.length +
    outputs.recovery.clusters.length +
    handSteps.length;
  expect(steps.length).toBe(count);
  expect(new Set(steps.map(({ id }) => id)).size).toBe(count);
  const at = positions();
  const wrong = steps.filter(({ after, id }) => after.some((each) => (at.get(each) ?? Infinity) >= (at.get(id) ?? -1)));
  expect(wrong).toEqual([]);
  expect(orderProblems(orderOf(outputs))).toEqual([]);
});

test.each([
  ['aws Network', 'aws Data', 'a stack reads another'],
  ['azure foundation', 'azure link-base', 'a state reads another'],
  ['azure link-base', 'aws Recovery', 'AWS leads to addresses of Azure'],
  ['aws Recovery', 'azure link', 'Azure leads to addresses of AWS'],
  ['what the site told', 'pulumi aks-retailflow-production', 'the cluster is told who is who'],
  ['pulumi aks-retailflow-production', 'azure edge', 'the edge sends requests to the cluster'],
  ['azure link', 'follow', 'replication goes through the link'],
])('%s comes before %s: %s', (earlier, later) => {
  const at = positions();
  expect(at.get(earlier)).toBeLessThan(at.get(later) ?? -1);
});

test('hand steps name steps that are there, and guides that are there', () => {
  const ids = orderOf(outputs).steps.map(({ id }) => id);
  const named = handSteps.flatMap(({ after, before }) => [...after, ...before]).filter((each) => !each.includes('*'));
  expect(named.filter((each) => !ids.includes(each))).toEqual([]);
  const files = handSteps.flatMap(({ how }) => how.match(/(docs|scripts)\/[\w./-]+\w/g) ?? []);
  expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

describe('fails when', () => {
  test('stacks wait for each other', () => {
    const ringed = withStacks(
      outputs,
      outputs.primary.assembly.stacks.map((stack) =>
        stack.name.endsWith('/Network')
          ? {
              ...stack,
              template: {
                ...stack.template,
                Ring: { 'Fn::GetStackOutput': { StackName: 'retailflow-production-Data', OutputName: 'x' } },
              },
            }
          : stack,
      ),
    );
    expect(orderProblems(orderOf(ringed)).map(({ message }) => message)).toEqual([
      'waits for itself: aws Data waits for aws Network waits for aws Data; take one of these references away',
    ]);
  });

  test('a step by hand closes a ring between clouds', () => {
    const ring = { id: 'ring', what: '', how: '', after: ['azure link'], before: ['azure link-base'] };
    expect(orderProblems(orderOf(outputs, [...handSteps, ring])).map(({ message }) => message)).toEqual([
      expect.stringMatching(
        /waits for itself: addresses of the link waits for azure link-base waits for ring waits for azure link .* aws Recovery waits for addresses of the link;/,
      ),
    ]);
  });

  test('Terraform asks for what nobody brings', () => {
    const without = handSteps.filter(({ id }) => id !== 'tunnels of the link');
    expect(orderProblems(orderOf(outputs, without)).map(({ about, message }) => `${about} ${message}`)).toContainEqual(
      expect.stringMatching(/^retailflow-production-link asks for connection_1_tunnel_1_address, which no step brings/),
    );
  });
});

test('the guide has the order that the outputs have', () => {
  const guide = readFileSync(join(root, 'docs/guides/both-sites.md'), 'utf8');
  const rows = (text: string): readonly string[] =>
    text
      .split('\n')
      .filter((line) => /^\|\s*\d+\s*\|/.test(line))
      .map((line) => line.replace(/\s+/g, ' '));
  const expected = rows(orderReport(orderOf(outputs), 'retailflow production'));
  expect(expected.length).toBeGreaterThan(40);
  expect(rows(guide)).toEqual(expected);
});
