import type { SystemNamespace } from '../platform/system-namespaces';

/** Name and namespace of the settings, where Azure's agent looks for them. */
export const logSettingsName = { name: 'container-azm-ms-agentconfig', namespace: 'kube-system' } as const;

/** Namespaces whose logs are Azure's own affair, and would cost more than those of the platform. */
const left = ['kube-system', 'gatekeeper-system', 'azure-arc'] as const satisfies readonly SystemNamespace[];

/** What of a pod is written beside each of its lines: by which release it runs, and what it may take. */
const metadata = ['podLabels', 'imageID', 'imageRepo', 'imageTag'] as const;

const list = (texts: readonly string[]): string => `[${texts.map((text) => JSON.stringify(text)).join(', ')}]`;

/**
 * What Azure's agent reads on each node: every line of every container of the platform and of its systems, in the table that
 * knows pods, with their labels; no variables of containers. Access logs of the gateway and of proxies are JSON with the id of
 * the request, so that a request is followed by one word.
 * https://learn.microsoft.com/azure/azure-monitor/containers/container-insights-data-collection-configmap
 */
export const logSettings = (): Readonly<Record<string, string>> => ({
  'schema-version': 'v1',
  'config-version': 'mainstay',
  'log-data-collection-settings': [
    '[log_collection_settings]',
    ...(['stdout', 'stderr'] as const).flatMap((stream) => [
      `  [log_collection_settings.${stream}]`,
      '    enabled = true',
      `    exclude_namespaces = ${list(left)}`,
    ]),
    '  [log_collection_settings.env_var]',
    '    enabled = false',
    '  [log_collection_settings.enrich_container_logs]',
    '    enabled = false',
    '  [log_collection_settings.collect_all_kube_events]',
    '    enabled = false',
    '  [log_collection_settings.schema]',
    '    containerlog_schema_version = "v2"',
    '  [log_collection_settings.enable_multiline_logs]',
    '    enabled = "true"',
    '  [log_collection_settings.metadata_collection]',
    '    enabled = true',
    `    include_fields = ${list(metadata)}`,
    '',
  ].join('\n'),
});
