import { stackOutputs } from '../../../../lib/review/aws/rules/stack-outputs';
import { findingsOf, stackOutput } from '../fixtures';

const PRODUCER = { id: 'Network', outputs: { Vpc: { Value: { Ref: 'Vpc' } } } };
const group = (vpc: unknown) => ({ Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { VpcId: vpc } } });

describe('stack-outputs', () => {
  test('finds nothing where every output exists', async () => {
    const reader = {
      id: 'Order',
      resources: group(stackOutput('Network', 'Vpc')),
      outputs: { Again: { Value: stackOutput('Network', 'Vpc') } },
    };
    expect(await findingsOf(stackOutputs, PRODUCER, reader)).toEqual([]);
  });

  test('fails when the stack has no such output', async () => {
    const findings = await findingsOf(stackOutputs, PRODUCER, {
      id: 'Order',
      resources: group(stackOutput('Network', 'Vcp')),
    });
    expect(findings).toMatchObject([
      {
        logicalId: 'Group',
        message: 'VpcId reads Vcp of shop-production-Network (ap-southeast-1), which has no such output: add it',
      },
    ]);
  });

  test('fails when the stack is in another region', async () => {
    const findings = await findingsOf(stackOutputs, PRODUCER, {
      id: 'Edge',
      region: 'us-east-1',
      outputs: { Vpc: { Value: stackOutput('Network', 'Vpc', 'us-east-1') } },
    });
    expect(findings).toMatchObject([
      {
        path: 'shop-production/Edge',
        message: 'Vpc.Value reads shop-production-Network (us-east-1), which is no stack here: correct the reference',
      },
    ]);
  });
});
