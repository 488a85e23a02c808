import { gatewayScaling } from '../../lib/kubernetes/gateway-scaling';
import { resolved, retailflowWith } from '../support/platform';

const scaling = (scale: object) =>
  gatewayScaling({ platform: resolved(retailflowWith({ gateway: { scale }, goals: { requestsPerUser: null } })) });

describe('how the gateway is scaled in a cluster', () => {
  test('is left to its chart by processor time alone', () => {
    expect(scaling({ requestsPerTask: null, schedules: null })).toBeUndefined();
  });

  test('is by steps where the definition has some', () => {
    const steps = { above: [{ cpuPercent: 90, addPercent: 150 }], everySeconds: 90 };
    expect(scaling({ steps })?.advanced?.horizontalPodAutoscalerConfig?.behavior?.scaleUp?.policies).toContainEqual({
      type: 'Percent',
      value: 150,
      periodSeconds: 90,
    });
  });

  test('is by requests a pod, without steps that nobody named', () => {
    const spec = scaling({ requestsPerTask: 6000 });
    expect(spec?.triggers).toContainEqual(
      expect.objectContaining({ type: 'prometheus', metadata: expect.objectContaining({ threshold: '6000' }) }),
    );
    expect(spec?.advanced?.horizontalPodAutoscalerConfig?.behavior?.scaleUp?.policies).toContainEqual({
      type: 'Percent',
      value: 100,
      periodSeconds: 60,
    });
  });
});
