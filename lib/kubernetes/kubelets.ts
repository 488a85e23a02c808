import { serviceContainer } from '../platform/names';
import type { ClusterContext } from './context';
import type { Reach } from './cloud';
import type { Scrape } from './scrape';

type Context = Pick<ClusterContext, 'cloud' | 'platform'>;

/** What a pod is given to ask the cluster's API by; kubelets take it, too, and are signed by the same authority. */
const account = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Where kubelets are asked what containers use: where something is promised of it, and the cloud has nobody who asks. */
export const kubeletReach = ({ cloud, platform }: Context): Reach | undefined =>
  platform.goals.steadyCpuPercent === undefined ? undefined : cloud.kubelets;

/** The rights that asking takes: which nodes there are, and their figures, and nothing else of a kubelet, which would run commands in pods. */
export const kubeletRights = (context: Context) =>
  kubeletReach(context) === undefined
    ? []
    : [
        { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
        { apiGroups: [''], resources: ['nodes/metrics'], verbs: ['get'] },
      ];

/** Of what kubelets tell, the processor time of the containers of services, by the job that reads it. */
export const kubeletScrapes = (context: Context): Readonly<Record<string, Scrape>> =>
  kubeletReach(context) === undefined
    ? {}
    : {
        kubelets: {
          enabled: true,
          metrics_path: '/metrics/cadvisor',
          scheme: 'https',
          authorization: { credentials_file: `${account}/token` },
          tls_config: { ca_file: `${account}/ca.crt` },
          kubernetes_sd_configs: [{ role: 'node' }],
          relabel_configs: [{ source_labels: ['__meta_kubernetes_node_name'], target_label: 'node' }],
          metric_relabel_configs: [
            {
              source_labels: ['__name__', 'namespace', 'container'],
              separator: ';',
              regex: `container_cpu_usage_seconds_total;${context.platform.name}-.+;${serviceContainer}`,
              action: 'keep',
            },
          ],
        },
      };
