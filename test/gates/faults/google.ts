import { TerraformResource, type App } from 'cdktf';
import { stackNamed, type SiteFault } from './site';

/** Plants a resource of Google beside what a site has, in a stack whose provider of Google is in one region. */
const made =
  (type: string, given: Readonly<Record<string, unknown>>) =>
  (app: App): string => {
    const stack = stackNamed(app, 'data');
    stack.addOverride('provider.google', [{ project: 'planted', region: 'europe-west4' }]);
    const resource = new TerraformResource(stack, `Planted-${type}`, { terraformResourceType: type });
    for (const [argument, value] of Object.entries(given)) resource.addOverride(argument, value);
    return resource.node.path;
  };

/** What the rules over stacks on Google Cloud must find: a fault a rule. */
export const googleFaults: readonly SiteFault[] = [
  {
    rule: 'google-delivery',
    says: 'dead_letter_policy.dead_letter_topic must be given, got nothing: name it',
    plant: made('google_pubsub_subscription', { name: 'planted', bigquery_config: { table: 'p.d.t' } }),
  },
  {
    rule: 'google-federation',
    says: 'attribute_condition must name accounts of a cluster, got "true"',
    plant: made('google_iam_workload_identity_pool_provider', { attribute_condition: 'true' }),
  },
  {
    rule: 'google-members',
    says: 'must not be made: let the cluster prove by its own tokens who is there',
    plant: made('google_service_account_key', { service_account_id: 'planted' }),
  },
  {
    rule: 'google-residency',
    says: 'location must be "europe-west4", where the stack is, got "US": keep data together',
    plant: made('google_bigquery_dataset', { dataset_id: 'planted', location: 'US' }),
  },
  {
    rule: 'google-settings',
    says: 'require_partition_filter must be true, got false',
    plant: made('google_bigquery_table', { table_id: 'planted', require_partition_filter: false }),
  },
];
