import { AuditDetection, agentsFor, detectionFeatures } from '../../lib/aws/audit-detection';
import { findings, templateOf, testStack } from '../support/aws';

describe('AuditDetection', () => {
  const stack = testStack();
  const detection = new AuditDetection(stack, 'Detection');
  const template = templateOf(stack);

  test('is on, tells soon, and looks into everything that GuardDuty offers for this platform', () => {
    template.hasResourceProperties('AWS::GuardDuty::Detector', {
      Enable: true,
      FindingPublishingFrequency: 'FIFTEEN_MINUTES',
      Features: [
        ...detectionFeatures.map((Name) => ({ Name, Status: 'ENABLED' })),
        {
          Name: 'RUNTIME_MONITORING',
          Status: 'ENABLED',
          AdditionalConfiguration: Object.entries(agentsFor('ecs')).map(([Name, Status]) => ({ Name, Status })),
        },
      ],
    });
  });

  test.each(['S3_DATA_EVENTS', 'RDS_LOGIN_EVENTS', 'EBS_MALWARE_PROTECTION', 'LAMBDA_NETWORK_LOGS'])(
    'looks into %s',
    (feature) => {
      expect(detectionFeatures).toContain(feature);
    },
  );

  test.each([
    ['ecs', ['ECS_FARGATE_AGENT_MANAGEMENT']],
    ['eks', ['ECS_FARGATE_AGENT_MANAGEMENT', 'EKS_ADDON_MANAGEMENT']],
  ] as const)(
    'runs agents with what %s runs and with tasks of the platform’s own, and nowhere else',
    (runtime, agents) => {
      const on = Object.entries(agentsFor(runtime)).filter(([, status]) => status === 'ENABLED');
      expect(on.map(([agent]) => agent)).toEqual(agents);
    },
  );

  test('has no finding that nobody answered', () => {
    expect(findings(detection)).toEqual([]);
  });
});
