import { prometheusAlerts } from '../../lib/azure/cluster-alerts';
import { monitoring, ofType, only, place } from '../support/azure';
import { clusterStack } from '../support/azure-cluster';
import { remember } from '../support/remember';

const stack = remember(() => clusterStack(place));

describe('what is watched', () => {
  test('the control plane tells of changes and refusals, and not of everything that is read', () => {
    const { enabled_log } = only(stack(), 'azurerm_monitor_diagnostic_setting') as {
      readonly enabled_log?: readonly { readonly category: string }[];
    };
    const categories = enabled_log?.map(({ category }) => category);
    expect(categories).toEqual(expect.arrayContaining(['kube-audit-admin', 'guard', 'kube-apiserver']));
    expect(categories).not.toContain('kube-audit');
  });

  test('figures and logs leave by an endpoint of the network', () => {
    expect(only(stack(), 'azurerm_monitor_data_collection_endpoint')).toMatchObject({
      public_network_access_enabled: false,
    });
    expect(only(stack(), 'azurerm_monitor_private_link_scoped_service')).toMatchObject({
      scope_name: 'ampls',
      resource_group_name: 'rg-foundation',
    });
    expect(only(stack(), 'azurerm_monitor_workspace')).toMatchObject({
      public_network_access_enabled: false,
      lifecycle: { prevent_destroy: true },
    });
    const rules = ofType(stack(), 'azurerm_monitor_data_collection_rule');
    expect(rules.map((rule) => rule['data_flow'])).toEqual([
      [
        {
          streams: ['Microsoft-ContainerLogV2', 'Microsoft-KubeEvents', 'Microsoft-KubePodInventory'],
          destinations: ['logs'],
        },
      ],
      [{ streams: ['Microsoft-PrometheusMetrics'], destinations: ['metrics'] }],
    ]);
    expect(
      ofType(stack(), 'azurerm_monitor_data_collection_rule_association')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['ContainerInsightsExtension', 'configurationAccessEndpoint', 'metrics']);
  });

  test('people are called by Azure and by Prometheus', () => {
    expect(
      ofType(stack(), 'azurerm_monitor_metric_alert')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['cluster-api-server-busy', 'cluster-etcd-full', 'cluster-nodes-busy', 'cluster-nodes-full']);
    const group = only(stack(), 'azurerm_monitor_alert_prometheus_rule_group') as {
      readonly rule?: readonly Record<string, unknown>[];
      readonly scopes?: readonly string[];
      readonly cluster_name?: string;
    };
    expect(group.rule?.map(({ alert }) => alert)).toEqual(Object.keys(prometheusAlerts('shop')));
    for (const rule of group.rule ?? []) {
      expect(rule).toMatchObject({
        action: [{ action_group_id: monitoring.actionGroupId }],
        annotations: { description: expect.stringContaining('docs/runbooks/azure-cluster.md') },
      });
    }
    expect(group.scopes).toHaveLength(2);
  });

  test('only namespaces of the platform are asked about', () => {
    for (const [alert, { expression }] of Object.entries(prometheusAlerts('shop'))) {
      if (!['NodeNotReady', 'PodsWait'].includes(alert)) expect(expression).toContain('namespace=~"shop-.+"');
    }
  });

  test('nobody is called while nodes are made for pods, but for a pod that none is made for', () => {
    expect(prometheusAlerts('shop')['PodsWait']).toMatchObject({
      expression: 'max by (namespace, pod) (kube_pod_status_phase{phase="Pending"}) == 1',
      minutes: 15,
    });
  });
});
