import { one, type Row } from '../../support/about';
import { azureFlagsRow } from '../../support/azure-flags-row';
import { flagTurnsRow } from '../../support/flag-turns-row';
import { reference } from '../../support/graph';
import { exactly, like } from '../../support/matchers';
import { copies } from './facts';
import { labels as tags } from './warehouse';

const both = azureFlagsRow({
  set: 'FeaturesFlags',
  flags: {
    ParallelSteps: { name: 'parallel-steps', percent: 5, groups: ['plan=enterprise'] },
    VisualEditor: { name: 'visual-editor', percent: 20, groups: [] },
  },
  users: ['Web', 'Workflow'],
  copy: copies,
  tags,
});

/** Flags, turned in one place for both regions. */
export const flags: Row = {
  ...both,
  expectations: [
    ...both.expectations,
    one(
      'the second region reaches flags by an address of its own',
      'azurerm_private_endpoint',
      'recovery-data/FeaturesFlagsEndpoint',
      {
        location: copies,
        'private_service_connection.private_connection_resource_id': reference('data/FeaturesFlags/Store', 'id'),
        'private_dns_zone_group.private_dns_zone_ids': exactly(
          reference('recovery-foundation/Network/Dns/Flags', 'id'),
        ),
      },
    ),
    one(
      'somebody is called when the copy of flags is behind',
      'azurerm_monitor_metric_alert',
      'data/FeaturesFlags/CopyBehind',
      {
        'criteria.0.metric_name': 'ReplicationLatency',
        // Azure tells no other of it.
        'criteria.0.aggregation': 'Average',
        'criteria.0.threshold': 60_000,
      },
    ),
  ],
};

const env = 'spec.template.spec.containers[0].env';
const store = /^https:\/\/appcs-techflow-production-features-\w{6}/;

/** Where pods of a region are told to ask: what is near, and then what is far. */
export const told = (region: string, near: 'store' | 'copy'): Row => ({
  row: `flags, in ${region}`,
  expectations: ['web', 'workflow'].map((service) => ({
    name: `${service} in ${region} asks for flags nearby first`,
    type: 'Rollout',
    where: new RegExp(`techflow-${service}/rollout-${service}$`),
    count: 1,
    path: `${env}[name=FLAGS_FEATURES_ADDRESS].value`,
    is: like(
      new RegExp(
        near === 'store'
          ? `${store.source}\\.azconfig\\.io,.*-recovery\\.azconfig\\.io$`
          : `${store.source}-recovery\\.azconfig\\.io,.*\\w{6}\\.azconfig\\.io$`,
      ),
    ),
  })),
});

/** What moves them, and takes them back: from both regions, since each knows the errors of its own. */
export const turns = (region: string): Row =>
  flagTurnsRow({
    platform: 'techflow',
    set: 'features',
    watched: ['workflow', 'web'],
    rollout: { minutes: 20, stepPercent: 20, bakeMinutes: 15 },
    where: region,
  });
