import { gatewayWord, kubernetesNamespace } from '../names';
import { hasGateway, type Platform, type SiteName } from '../platform';
import { dashboard, type Dashboard, type PanelSpec } from './panels';
import { versionLabel } from '../mesh-figures';
import { queryPanels } from '../queries';
import { meshAnswers } from './mesh-answers';
import { about, pages } from './pages';
import { weekPage } from './week';

const window = '5m';
const rate = (series: string): string => `rate(${series}[${window}])`;

/** Requests to a service that the person chose, as its own proxies counted them. */
const received = (platform: Platform, ...more: readonly string[]): string =>
  [
    'reporter="destination"',
    `destination_workload_namespace="${kubernetesNamespace(platform, '$service')}"`,
    ...more,
  ].join(',');

/** Rate, errors and duration of one service, each version by itself. */
const servicePanels = (platform: Platform): readonly PanelSpec[] => {
  const requests = (...more: readonly string[]) => `istio_requests_total{${received(platform, ...more)}}`;
  const buckets = rate(`istio_request_duration_milliseconds_bucket{${received(platform)}}`);
  const failed = `sum by (${versionLabel}) (${rate(requests('response_code=~"5.."'))})`;
  const namespace = `namespace="${kubernetesNamespace(platform, '$service')}"`;
  return [
    {
      title: 'Requests by version',
      description: 'How many requests a second each version answers; a release moves them from one to the other.',
      unit: 'reqps',
      asks: { [`{{${versionLabel}}}`]: `sum by (${versionLabel}) (${rate(requests())})` },
    },
    {
      title: 'Errors by version',
      description: 'Share of requests that failed by the service’s own fault. A release goes back by this figure.',
      unit: 'percent',
      asks: { [`{{${versionLabel}}}`]: `100 * ${failed} / sum by (${versionLabel}) (${rate(requests())})` },
    },
    {
      title: '95th percentile by version',
      description: 'How long the slowest twentieth of requests takes. A release goes back by this figure, too.',
      unit: 'ms',
      asks: { [`{{${versionLabel}}}`]: `histogram_quantile(0.95, sum by (le, ${versionLabel}) (${buckets}))` },
    },
    {
      title: 'Answers by code',
      description: 'What callers get: 5xx is the service, 4xx is mostly its callers.',
      unit: 'reqps',
      asks: { '{{response_code}}': `sum by (response_code) (${rate(requests())})` },
    },
    {
      title: 'Callers',
      description: 'Who asks the service, and how much.',
      unit: 'reqps',
      asks: { '{{source_workload}}': `sum by (source_workload) (${rate(requests())})` },
    },
    {
      title: 'Pods',
      description: 'How many pods run, and how many there should be.',
      unit: 'short',
      asks: {
        available: `sum(kube_deployment_status_replicas_available{${namespace}}) or sum(rollout_info_replicas_available{${namespace}})`,
        desired: `sum(kube_horizontalpodautoscaler_status_desired_replicas{${namespace}})`,
        most: `sum(kube_horizontalpodautoscaler_spec_max_replicas{${namespace}})`,
      },
    },
  ];
};

/** Releases of every service: where each stands, and what its analysis says. */
const releasePanels = (platform: Platform): readonly PanelSpec[] => {
  const ours = `namespace=~"${platform.name}-.+"`;
  return [
    {
      title: 'Phase of each release',
      description:
        'Progressing moves, Paused waits for its next step, Degraded went back: see the runbook of releases.',
      unit: 'short',
      asks: { '{{namespace}} {{phase}}': `max by (namespace, phase) (rollout_info{${ours}} == 1)` },
    },
    {
      title: 'Pods of each release',
      description: 'How many pods are there, and how many are of the new version.',
      unit: 'short',
      asks: {
        '{{namespace}} available': `sum by (namespace) (rollout_info_replicas_available{${ours}})`,
        '{{namespace}} updated': `sum by (namespace) (rollout_info_replicas_updated{${ours}})`,
      },
    },
    {
      title: 'Analyses',
      description: 'What judged a release, and how.',
      unit: 'short',
      asks: { '{{namespace}} {{phase}}': `max by (namespace, phase) (analysis_run_info{${ours}} == 1)` },
    },
    {
      title: 'Requests by version',
      description: 'How requests of all services divide between versions.',
      unit: 'reqps',
      asks: {
        [`{{destination_workload_namespace}} {{${versionLabel}}}`]: `sum by (destination_workload_namespace, ${versionLabel}) (${rate(`istio_requests_total{reporter="destination",destination_workload_namespace=~"${platform.name}-.+"}`)})`,
      },
    },
  ];
};

/** The gateway: what clients get, how long it takes, and whose fault it is. */
const gatewayPanels = (platform: Platform): readonly PanelSpec[] => {
  const own = `namespace="${kubernetesNamespace(platform, gatewayWord)}"`;
  const requests = (more = '') => rate(`kong_http_requests_total{${own}${more}}`);
  const quantile = (metric: string) => `histogram_quantile(0.95, sum by (le) (${rate(`${metric}_bucket{${own}}`)}))`;
  return [
    {
      title: 'Requests by service',
      description: 'How many requests a second go where.',
      unit: 'reqps',
      asks: { '{{service}}': `sum by (service) (${requests()})` },
    },
    {
      title: 'Answers by code',
      description: 'What clients get. 429 is a limit, 401 a token, 5xx a service or the gateway.',
      unit: 'reqps',
      asks: { '{{code}}': `sum by (code) (${requests()})` },
    },
    {
      title: 'Errors',
      description: 'Share of requests that failed by a fault of ours, by service.',
      unit: 'percent',
      asks: {
        '{{service}}': `100 * sum by (service) (${requests(',code=~"5.."')}) / sum by (service) (${requests()})`,
      },
    },
    {
      title: '95th percentile',
      description: 'Close together, the service is slow; far apart, the gateway or its counter is.',
      unit: 'ms',
      asks: {
        request: quantile('kong_request_latency_ms'),
        service: quantile('kong_upstream_latency_ms'),
        gateway: quantile('kong_kong_latency_ms'),
      },
    },
    {
      title: 'Pods',
      description: 'How many pods the gateway has, and may have.',
      unit: 'short',
      asks: {
        available: `sum(kube_deployment_status_replicas_available{${own},deployment="${gatewayWord}"})`,
        most: `sum(kube_horizontalpodautoscaler_spec_max_replicas{${own}})`,
      },
    },
    {
      title: 'Connections',
      description: 'Open connections of the gateway, by what they do.',
      unit: 'short',
      asks: { '{{state}}': `sum by (state) (kong_nginx_connections_total{${own}})` },
    },
  ];
};

/** Queues and those who receive from them, as what counts pods sees both. */
const queuePanels = (platform: Platform): readonly PanelSpec[] => {
  const ours = `namespace=~"${platform.name}-.+"`;
  return [
    {
      title: 'Backlog',
      description: 'Messages that wait, by who receives them.',
      unit: 'short',
      asks: { '{{scaledObject}} {{metric}}': `max by (scaledObject, metric) (keda_scaler_metrics_value{${ours}})` },
    },
    {
      title: 'Pods of receivers',
      description: 'How many pods receive; at their most, the backlog grows.',
      unit: 'short',
      asks: {
        '{{namespace}}': `sum by (namespace) (kube_horizontalpodautoscaler_status_current_replicas{namespace=~"${platform.name}-.+"})`,
      },
    },
    {
      title: 'Failures of asking',
      description: 'How often the length of a queue could not be asked for: pods stay as they are meanwhile.',
      unit: 'short',
      asks: { '{{scaledObject}}': `sum by (scaledObject) (${rate(`keda_scaler_detail_errors_total{${ours}}`)})` },
    },
    {
      title: 'Time to ask',
      description: 'How long it takes to ask for the length of a queue.',
      unit: 's',
      asks: {
        '{{scaledObject}}': `max by (scaledObject) (keda_scaler_metrics_latency_seconds{${ours}})`,
      },
    },
  ];
};

/** Dashboards of a site whose services are pods, by name: data alone, for whichever Grafana shows them. */
export function clusterDashboards(platform: Platform, site: SiteName): Readonly<Record<string, Dashboard>> {
  const of = (name: string, title: string) => about(platform, name, title);
  // On Azure nothing is reckoned of queries.
  const queries =
    platform.stage.sites[site]?.cloud === 'aws' ? (name: string) => queryPanels(platform, name) : () => [];
  return {
    ...pages(platform, { ...meshAnswers(platform), queries }),
    ...weekPage(platform, site),
    services: dashboard(of('services', 'Versions of services'), servicePanels(platform), {
      service: Object.keys(platform.services),
    }),
    releases: dashboard(of('releases', 'Releases'), releasePanels(platform)),
    ...(hasGateway(platform, site) ? { gateway: dashboard(of('gateway', 'Gateway'), gatewayPanels(platform)) } : {}),
    ...(Object.keys(platform.queues).length === 0
      ? {}
      : { queues: dashboard(of('queues', 'Queues'), queuePanels(platform)) }),
  };
}
