import { loadMachine } from '../../lib/aws/load-machine';

const machine = loadMachine({
  partition: 'aws',
  programs: 3,
  seconds: 600,
  clusterArn: 'cluster',
  taskDefinitionArn: 'task',
  subnetIds: ['a', 'b'],
  securityGroupId: 'group',
  functionArn: 'judge',
});
const { Good, Judge, MakeLoad, Missed, Programs } = machine.States;

test('runs every program at once, each with its place and the name of the run', () => {
  expect(Programs.Result).toEqual(['0', '1', '2']);
  expect(MakeLoad).not.toHaveProperty('MaxConcurrency');
  const { Overrides, NetworkConfiguration } = MakeLoad.ItemProcessor.States.Program.Parameters;
  expect(MakeLoad.ItemSelector).toEqual({ 'program.$': '$$.Map.Item.Value', 'run.$': '$$.Execution.Name' });
  expect(Overrides.ContainerOverrides[0]?.Environment).toEqual([
    { Name: 'PROGRAM', 'Value.$': '$.program' },
    { Name: 'RUN', 'Value.$': '$.run' },
  ]);
  expect(NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp).toBe('DISABLED');
});

test('gives a run longer than its programs, and programs longer than their users', () => {
  const { TimeoutSeconds } = MakeLoad.ItemProcessor.States.Program;
  expect(TimeoutSeconds).toBeGreaterThan(600);
  expect(machine.TimeoutSeconds).toBeGreaterThan(TimeoutSeconds);
});

test('fails unless the judge says that it was good', () => {
  expect(Judge.Next).toBe('Good');
  expect(Good).toMatchObject({
    Choices: [{ Variable: '$.good', BooleanEquals: true, Next: 'Passed' }],
    Default: 'Missed',
  });
  expect(Missed.Type).toBe('Fail');
});
