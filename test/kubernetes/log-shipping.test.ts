import { logSettings, logSettingsName } from '../../lib/kubernetes/log-shipping';

const settings = logSettings()['log-data-collection-settings'] ?? '';

describe('settings of logs', () => {
  test('are where Azure’s agent looks for them', () => {
    expect(logSettingsName).toEqual({ name: 'container-azm-ms-agentconfig', namespace: 'kube-system' });
    expect(logSettings()).toMatchObject({ 'schema-version': 'v1', 'config-version': 'mainstay' });
  });

  test.each(['stdout', 'stderr'])('ship %s of everything but Azure’s own namespaces', (stream) => {
    expect(settings).toContain(
      [
        `  [log_collection_settings.${stream}]`,
        '    enabled = true',
        '    exclude_namespaces = ["kube-system", "gatekeeper-system", "azure-arc"]',
      ].join('\n'),
    );
  });

  test.each([
    ['the table that knows pods', 'schema', 'containerlog_schema_version = "v2"'],
    ['no variables of containers', 'env_var', 'enabled = false'],
    ['lines that belong together as one', 'enable_multiline_logs', 'enabled = "true"'],
    ['what a pod is', 'metadata_collection', 'enabled = true'],
  ])('say %s', (_, part, line) => {
    expect(settings).toContain(`  [log_collection_settings.${part}]\n    ${line}\n`);
  });

  test('name each part once', () => {
    const parts = settings.match(/\[[a-z_.]+\]/g) ?? [];
    expect(parts).toEqual([...new Set(parts)]);
  });
});
