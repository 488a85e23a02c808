/** What the sites may tell a service differently, and why. Whatever else they tell must be the same text. */
export const mayDiffer: readonly { readonly variable: RegExp; readonly because: string }[] = [
  {
    variable: /^(DATABASE|CACHE|SEARCH)_\w+_(HOST|PORT)$/,
    because: 'each site has servers of its own, and each cloud listens at ports of its own',
  },
  {
    variable: /^(DATABASE|CACHE|SEARCH)_\w+_AUTH$/,
    because: 'each cloud proves who a service is in its own way, and the service asks by which',
  },
  { variable: /^CACHE_\w+_USER$/, because: 'a cache on Azure knows users by the id of their identity' },
  { variable: /^(BUCKET|QUEUE|SEARCH)_\w+_URL$/, because: 'each site has buckets, queues and search of its own' },
  {
    variable: /^FLAGS_\w+_ADDRESS$/,
    because: 'each cloud keeps flags in a service of its own, and a region asks the copy beside it first',
  },
  {
    variable: /^(TOPIC|WORKFLOW)_\w+_(ADDRESS|COMMANDS_URL)$/,
    because: 'each site has topics and workflows of its own',
  },
  {
    variable: /^MESSAGES_\w+_(AUTH|EMAIL_ENDPOINT|SMS_ENDPOINT|SMS_FROM_[A-Z]{2}|SMS_TAG)$/,
    because: 'each cloud sends by services and senders of its own, and is asked in its own way',
  },
  {
    variable: /^OTEL_EXPORTER_OTLP_ENDPOINT$/,
    because: 'a task has a collector beside it, and a pod that of its cluster',
  },
  { variable: /^SERVICE_\w+_URL$/, because: 'services are found by names of the mesh that carries the call' },
];

/** Variables that a service is not told where the recovery site does without, by the waiver. */
export const toldOnlyWith: Readonly<Record<string, RegExp>> = {
  caches: /^CACHE_/,
  searches: /^SEARCH_/,
  queues: /^QUEUE_/,
  topics: /^TOPIC_/,
  flags: /^FLAGS_/,
  messages: /^MESSAGES_/,
  workflows: /^WORKFLOW_/,
  readReplicas: /^DATABASE_\w+_READER_HOST$/,
};
