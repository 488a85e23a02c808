import { AuditDetection, agents, detectionFeatures } from '../../lib/aws/audit-detection';
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
          AdditionalConfiguration: Object.entries(agents).map(([Name, Status]) => ({ Name, Status })),
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

  test('runs agents beside tasks on Fargate, and nowhere else', () => {
    expect(Object.entries(agents).filter(([, status]) => status === 'ENABLED')).toEqual([
      ['ECS_FARGATE_AGENT_MANAGEMENT', 'ENABLED'],
    ]);
  });

  test('has no finding that nobody answered', () => {
    expect(findings(detection)).toEqual([]);
  });
});
