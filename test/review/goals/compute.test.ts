import { computeCost, costProblems } from '../../../lib/review/goals/compute';
import { fargate, monthHours } from '../../../lib/review/goals/figures';
import shopflow from '../../../platforms/shopflow';
import { applyPatch } from '../../../lib/platform/patch';
import type { Definition } from '../../../lib/platform/definition';
import { resolved } from '../../support/platform';
import { assemblyOf } from '../aws/fixtures';

const target = {
  Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
  Properties: { ResourceId: { 'Fn::GetAtt': ['Service', 'Name'] }, MinCapacity: 2, MaxCapacity: 5 },
};

/** One service of tasks with a processor and two GiB each. */
const service = (properties: object, scaled?: typeof target) =>
  assemblyOf({
    id: 'Keeper',
    resources: {
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: { Cpu: '1024', Memory: '2048', RuntimePlatform: { CpuArchitecture: 'ARM64' } },
      },
      Service: { Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'Task' }, ...properties } },
      ...(scaled === undefined ? {} : { Target: scaled }),
    },
  });
const month = (tasks: number, { memoryGiB, vcpu }: { readonly memoryGiB: number; readonly vcpu: number }) =>
  Math.round(tasks * (vcpu + 2 * memoryGiB) * monthHours);

describe('what tasks cost a month', () => {
  test.each([
    ['of a service that is scaled, between its bounds', service({ DesiredCount: 3 }, target), 2, 5],
    ['of a service that nothing scales, as many as it is to have', service({ DesiredCount: 3 }), 3, 3],
    ['of a service that says nothing, the one that ECS runs', service({}), 1, 1],
    ['of a service that is to have none, nothing', service({ DesiredCount: 0 }), 0, 0],
  ])('%s', (_what, aws, least, most) => {
    expect(computeCost(aws)).toEqual({
      least: month(least, fargate.ARM64),
      most: month(most, fargate.ARM64),
      fixed: month(most, fargate.X86_64),
    });
  });
});

test('fails when tasks that nothing scales cost more than everything may', () => {
  const cheap = resolved(applyPatch(shopflow, { goals: { monthlyDollars: 100 } }) as Definition);
  const messages = (count: number) =>
    costProblems(computeCost(service({ DesiredCount: count })), cheap).map(({ message }) => message);
  expect(messages(1)).toEqual([]);
  expect(messages(10)).toEqual([expect.stringMatching(/^cost \d+ dollars a month .* allows 100 for everything/)]);
});
