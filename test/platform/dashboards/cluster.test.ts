import { clusterDashboards } from '../../../lib/platform/dashboards/cluster';
import type { Dashboard } from '../../../lib/platform/dashboards/panels';
import { clusterOf } from '../../support/kubernetes';

const drawn = (patch: unknown = {}) => {
  const { platform, siteName } = clusterOf(patch);
  return clusterDashboards(platform, siteName);
};
const all = Object.entries(drawn());
const asked = ({ panels }: Dashboard): string =>
  panels
    .flatMap(({ targets }) => targets.map((target) => ('expr' in target ? target.expr : target.metricName)))
    .join('\n');

const each = ['analytics', 'catalog', 'notification', 'order', 'payment', 'user'].map(
  (service) => `service-${service}`,
);

describe('dashboards of a cluster', () => {
  test('are of all services, of each, of the week, of versions, of releases, the gateway and queues', () => {
    expect(all.map(([name]) => name)).toEqual([
      'overview',
      ...each,
      'week',
      'services',
      'releases',
      'gateway',
      'queues',
    ]);
  });

  test('leave out what a platform does not have', () => {
    const waived = {
      stages: { production: { sites: { recovery: { waives: { gateway: { reason: 'x'.repeat(20), minutes: 1 } } } } } },
    };
    expect(Object.keys(drawn(waived))).toEqual(['overview', ...each, 'week', 'services', 'releases', 'queues']);
  });

  test.each(all)(
    '%s has an id of its own that Grafana takes, and the person chooses where figures are',
    (_, dashboard) => {
      expect(dashboard.uid).toMatch(/^[a-z0-9-]{1,40}$/);
      expect(all.filter(([, { uid }]) => uid === dashboard.uid)).toHaveLength(1);
      expect(dashboard.templating.list[0]).toMatchObject({
        name: 'datasource',
        type: 'datasource',
        query: 'prometheus',
      });
      for (const panel of dashboard.panels) expect(panel.datasource.uid).toBe('${datasource}');
    },
  );

  test.each(all)('%s says of each panel what to take from it, and draws none over another', (_, { panels }) => {
    for (const { description, targets, title } of panels) {
      expect([title, description]).toEqual([title, expect.stringMatching(/^[A-Z].*\.$/s)]);
      expect(targets).not.toEqual([]);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    }
    const places = panels.map(({ gridPos: { x, y } }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(panels.length);
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  });

  test('of services show rate, errors and duration of the one that is chosen, each version by itself', () => {
    const { services } = drawn();
    if (services === undefined) throw new Error('nothing is drawn of services');
    expect(services.templating.list[1]).toMatchObject({
      name: 'service',
      query: 'analytics,catalog,notification,order,payment,user',
    });
    const questions = asked(services);
    expect(questions).toContain('destination_workload_namespace="retailflow-$service"');
    for (const part of [
      'sum by (rollouts_pod_template_hash) (rate(istio_requests_total{',
      'response_code=~"5.."',
      'histogram_quantile(0.95, sum by (le, rollouts_pod_template_hash)',
    ]) {
      expect(questions).toContain(part);
    }
  });

  test.each(all)('%s asks nothing of another platform', (_, dashboard) => {
    const namespaces = asked(dashboard).match(/namespace=~?"[^"]+"/g) ?? [];
    expect(namespaces).not.toEqual([]);
    for (const namespace of namespaces) expect(namespace).toMatch(/"retailflow-/);
  });
});
