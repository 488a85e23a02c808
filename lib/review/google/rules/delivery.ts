import { entriesOf, listOf, shown } from '../../json';
import type { Json } from '../../json';
import { referent } from '../../azure/references';
import { reporter, type Rule } from '../../azure/rule';
import { valueAt } from '../../azure/settings';
import { resourcesOf, type Resource, type Site, type Stack } from '../../azure/stack';

const NAME = 'google-delivery';
const report = reporter(NAME);

/** What must be watched of a subscription that fills a table. */
const WATCHED = ['oldest_unacked_message_age', 'push_request_count'];

/** What must be watched of one that keeps dead letters. */
const KEPT = 'num_undelivered_messages';

/** What must be said of a delivery. */
const REQUIRED = [
  'bigquery_config.service_account_email',
  'dead_letter_policy.dead_letter_topic',
  'retry_policy.minimum_backoff',
];

/** Every event that fills a table is delivered by an account of its own, tried again, kept when it fails, and watched. */
export const delivery: Rule = {
  name: NAME,
  judge: (stack, site) =>
    resourcesOf(stack, 'google_pubsub_subscription')
      .filter(({ arguments: { bigquery_config: fills } }) => listOf(fills).length > 0)
      .flatMap((resource) => problemsOf(resource, stack, site).map((problem) => report(resource, problem))),
};

function problemsOf(resource: Resource, stack: Stack, site: Site): readonly string[] {
  const { arguments: given } = resource;
  return [
    ...REQUIRED.filter((at) => isEmpty(valueAt(given, at))).map((at) => `${at} must be given, got nothing: name it`),
    ...WATCHED.filter((metric) => !isWatched(metric, given.name, stack)).map(
      (metric) => `must be watched by an alert of ${metric}, got none: tell somebody when events do not arrive`,
    ),
    ...deadLetterProblems(valueAt(given, 'dead_letter_policy.dead_letter_topic'), stack, site),
  ];
}

const isEmpty = (value: Json | undefined): boolean => value === undefined || value === null || value === '';

/** A dead letter is kept by a subscription of its topic, which somebody is called for. */
function deadLetterProblems(topic: Json | undefined, stack: Stack, site: Site): readonly string[] {
  if (isEmpty(topic)) return [];
  const dead = referent(topic, stack, site)?.resource;
  const keepers = resourcesOf(stack, 'google_pubsub_subscription').filter(
    (each) => dead !== undefined && referent(each.arguments.topic, stack, site)?.resource === dead,
  );
  if (keepers.length === 0)
    return [`dead_letter_topic ${shown(topic)} must have a subscription, got none: keep dead letters`];
  return keepers.some(({ arguments: { name } }) => isWatched(KEPT, name, stack, dead?.arguments.name))
    ? []
    : [`dead_letter_topic ${shown(topic)} must be watched by an alert of ${KEPT}, got none: tell somebody`];
}

/** Whether an alert looks at a metric of a subscription, whose name may be that of its topic. */
function isWatched(
  metric: string,
  name: Json | undefined,
  stack: Stack,
  ...others: readonly (Json | undefined)[]
): boolean {
  const names = [name, ...others, topicName(name, stack)];
  return resourcesOf(stack, 'google_monitoring_alert_policy').some(({ arguments: given }) =>
    entriesOf(given).some(
      ({ key, value }) =>
        key === 'filter' &&
        typeof value === 'string' &&
        value.includes(`/${metric}"`) &&
        names.some((each) => typeof each === 'string' && value.includes(`"${each}"`)),
    ),
  );
}

/** The name that a name refers to: a subscription may be called as its topic. */
const topicName = (name: Json | undefined, stack: Stack): Json | undefined =>
  referent(name, stack, { stacks: [stack] })?.resource.arguments.name;
