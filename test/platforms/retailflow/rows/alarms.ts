import { about, type Row } from '../../support/about';
import type { Expectation } from '../../support/expectations';
import { reference } from '../../support/graph';
import { absent, exactly, like, oneLike, oneOf, present } from '../../support/matchers';
import { alarmTopic, edgeTopic } from './facts';

/** A metric, or one of those inside an expression: of several nodes, or as a share. */
type Metric = string | { readonly inside: string };

const inside = (metric: string): Metric => ({ inside: metric });

/** Ages of secrets, each watched by an alarm of its own. */
const old = (...secrets: readonly string[]): Readonly<Record<string, Metric>> =>
  Object.fromEntries(secrets.map((secret) => [`${secret}Old`, 'AgeDays']));

/** Alarms of one part: what they watch, by the name of the alarm. */
interface Watched {
  readonly stack: string;
  /** Where the alarms of the part are. */
  readonly part: string;
  /** What they watch, by the end of the alarm's path. */
  readonly metrics: Readonly<Record<string, Metric>>;
}

const cacheMetrics: Readonly<Record<string, Metric>> = {
  CurrConnectionsAlarm: inside('CurrConnections'),
  DatabaseMemoryUsagePercentageAlarm: inside('DatabaseMemoryUsagePercentage'),
  EngineCPUUtilizationAlarm: inside('EngineCPUUtilization'),
  EvictionsAlarm: inside('Evictions'),
  FailoverAlarm: inside('IsMaster'),
  ReplicationLagAlarm: inside('ReplicationLag'),
};

const queueMetrics = {
  AgeAlarm: 'ApproximateAgeOfOldestMessage',
  DeadLettersAlarm: 'ApproximateNumberOfMessagesVisible',
} as const;

const backupMetrics = {
  BackupExpired: 'NumberOfBackupJobsExpired',
  BackupFailed: 'NumberOfBackupJobsFailed',
  BackupMissing: 'NumberOfBackupJobsCompleted',
  RestoreFailed: 'NumberOfRestoreJobsFailed',
} as const;

const prefixed = (prefix: string, metrics: Readonly<Record<string, Metric>>): Readonly<Record<string, Metric>> =>
  Object.fromEntries(Object.entries(metrics).map(([id, metric]) => [`${prefix}${id}`, metric]));

const searchMetrics = [
  'AutomatedSnapshotFailure',
  'CPUUtilization',
  'ClusterIndexWritesBlocked',
  'ClusterStatus.red',
  'ClusterStatus.yellow',
  'FreeStorageSpace',
  'JVMMemoryPressure',
  'KMSKeyError',
  'KMSKeyInaccessible',
  'MasterCPUUtilization',
  'MasterJVMMemoryPressure',
  'MasterReachableFromNode',
] as const;

const watched: readonly Watched[] = [
  {
    stack: 'Messaging',
    part: 'Messaging/CustomersMessages',
    metrics: {
      'Email/BouncesAlarm': 'Reputation.BounceRate',
      'Email/ComplaintsAlarm': 'Reputation.ComplaintRate',
      'Email/DailyAlarm': 'Send',
      'Email/Feedback/UndeliveredAlarm': 'ApproximateNumberOfMessagesVisible',
      'Sms/Feedback/UndeliveredAlarm': 'ApproximateNumberOfMessagesVisible',
      'Sms/SpendAlarm': 'TextMessageMonthlySpend',
    },
  },
  {
    stack: 'Data',
    part: 'Data/StoreDatabase',
    metrics: {
      BorrowLatencyHigh: 'DatabaseConnectionsBorrowLatency',
      ConnectionsFailed: 'DatabaseConnectionsSetupFailed',
      ConnectionsHigh: 'DatabaseConnections',
      CpuHigh: 'CPUUtilization',
      Deadlocks: 'Deadlocks',
      LocalStorageLow: 'FreeLocalStorage',
      LoginsFailed: 'ClientConnectionsSetupFailedAuth',
      MemoryLow: 'FreeableMemory',
      ReplicaLagHigh: 'AuroraReplicaLagMaximum',
      Silent: 'DatabaseConnections',
      SlotLagHigh: inside('OldestReplicationSlotLag'),
      SlotStorageHigh: 'TransactionLogsDiskUsage',
      TransactionIdsHigh: 'MaximumUsedTransactionIDs',
    },
  },
  {
    stack: 'Data',
    part: 'Data/Backup',
    metrics: { ...prefixed('Aurora', backupMetrics), ...prefixed('S3', backupMetrics) },
  },
  { stack: 'Data', part: 'Data/CatalogCache', metrics: cacheMetrics },
  { stack: 'Data', part: 'Data/SessionsCache', metrics: cacheMetrics },
  {
    stack: 'Data',
    part: 'Data/ProductsSearch',
    metrics: Object.fromEntries(searchMetrics.map((metric) => [`${metric.replace('.', '')}Alarm`, metric])),
  },
  ...['AnalyticsEvents', 'Notifications', 'Orders', 'OrderUpdates', 'Undelivered'].map((name) => ({
    stack: 'Messaging',
    part: `Messaging/${name}Queue`,
    metrics: queueMetrics,
  })),
  {
    stack: 'Messaging',
    part: 'Messaging/OrderEventsTopic',
    metrics: {
      AnalyticsEventsUndeliveredAlarm: 'ApproximateNumberOfMessagesVisible',
      OrderUpdatesUndeliveredAlarm: 'ApproximateNumberOfMessagesVisible',
      FailedAlarm: 'NumberOfNotificationsFailed',
    },
  },
  ...['Catalog', 'Order', 'Payment'].map((name) => ({
    stack: 'Workflows',
    part: `Workflows/OrderSaga/${name}Commands`,
    metrics: queueMetrics,
  })),
  {
    stack: 'Workflows',
    part: 'Workflows/OrderSaga',
    metrics: {
      ExecutionThrottledAlarm: 'ExecutionThrottled',
      ExecutionsAbortedAlarm: 'ExecutionsAborted',
      ExecutionsFailedAlarm: 'ExecutionsFailed',
      ExecutionsTimedOutAlarm: 'ExecutionsTimedOut',
      UndoneAlarm: inside('Undone'),
    },
  },
  {
    stack: 'Cluster',
    part: 'Cluster/Gateway',
    metrics: {
      Errors: inside('HTTPCode_Target_5XX_Count'),
      HighCpu: 'CPUUtilization',
      Latency: inside('TargetResponseTime'),
      NoTasks: 'HealthyHostCount',
      UnhealthyTasks: 'UnHealthyHostCount',
    },
  },
  { stack: 'Cluster', part: 'Cluster/Migrations', metrics: { DeadLetter: 'ApproximateNumberOfMessagesVisible' } },
  {
    stack: 'Cluster',
    part: 'Cluster/GatewayLogin',
    metrics: { DeadLetter: 'ApproximateNumberOfMessagesVisible', Failed: 'Errors' },
  },
  {
    stack: 'Security',
    part: 'Security/SecretAges',
    metrics: old('ApplePush', 'GooglePush', 'PaymentProvider', 'ShippingProvider', 'TokenKeys'),
  },
  { stack: 'Recovery', part: 'Recovery/Link/SecretAges', metrics: old('LinkConnection1', 'LinkConnection2') },
  { stack: 'Cluster', part: 'Cluster/GatewayLogin/Age', metrics: old('GatewayLogin') },
  { stack: 'Cluster', part: 'Cluster/Certificate', metrics: { Expiring: 'DaysToExpiry' } },
  { stack: 'Edge', part: 'Edge/Certificate', metrics: { Expiring: 'DaysToExpiry' } },
  {
    stack: 'Edge',
    part: 'Edge/Edge',
    metrics: { CacheHits: inside('FilesKept'), Errors: '5xxErrorRate' },
  },
  { stack: 'Edge', part: 'Edge/Firewall', metrics: { Blocks: 'BlockedRequests' } },
  {
    stack: 'Audit',
    part: 'Audit/Audit/Trail',
    metrics: {
      KeyDeletion: 'KeyDeletion',
      LoginWithoutSecondFactor: 'LoginWithoutSecondFactor',
      RootUse: 'RootUse',
      TrailChange: 'TrailChange',
    },
  },
  ...['Analytics', 'Catalog', 'Notification', 'Order', 'Payment', 'User'].map((name) => ({
    stack: `Service-${name}`,
    part: `Service-${name}/Service`,
    metrics: {
      AtMaximum: 'DesiredTaskCount',
      BusyDay: 'CPUUtilization',
      HighMemory: 'MemoryUtilization',
      TooFewTasks: 'RunningTaskCount',
      ...(name === 'Notification' ? {} : { UnhealthyTasks: inside('UnHealthyHostCount') }),
    },
  })),
];

/** The metric of an alarm, or, where it is an expression, one of those inside. */
const watching = (metric: Metric): Pick<Expectation, 'path' | 'is'> =>
  typeof metric === 'string'
    ? { path: 'MetricName', is: metric }
    : { path: 'Metrics[*].MetricStat.Metric.MetricName', is: oneLike(new RegExp(`${metric.inside}$`)) };

const eachAlarm: readonly Expectation[] = watched.flatMap(({ metrics, part, stack }) =>
  Object.entries(metrics).map(([id, metric]) => ({
    name: `${part} is watched: ${id}`,
    stack,
    type: 'AWS::CloudWatch::Alarm',
    where: new RegExp(`^${part}/${id}$`),
    count: 1,
    ...watching(metric),
  })),
);

/** Alarms that only feed others: both windows of a burn rate must be burning. */
const fed = /\/Objectives\/(Availability|Latency|ServiceLevel)(Fast|Slow|Steady)(Long|Short)$/;

const objectives: readonly Expectation[] = [
  ...['Analytics', 'Catalog', 'Order', 'Payment', 'User'].map((name) => `Service-${name}/Observability`),
  'Observability/Observability/Gateway',
].flatMap((part) =>
  ['Availability', 'Latency', ...(part.endsWith('/Gateway') ? ['ServiceLevel'] : [])].flatMap((goal) => [
    ...about(
      { type: 'AWS::CloudWatch::CompositeAlarm', where: new RegExp(`^${part}/Objectives/${goal}$`), count: 1 },
      {
        [`${part}: who spends the budget of ${goal} too fast is told`]: {
          path: 'AlarmActions',
          is: exactly(alarmTopic),
        },
        ...Object.fromEntries(
          (['Fast', 'Steady', 'Slow'] as const).map((speed) => [
            `${part}: ${goal} is lost when a long and a short window burn: ${speed}`,
            {
              path: 'AlarmRule',
              is: like(
                new RegExp(
                  `ALARM\\("\\$\\{${part}/Objectives/${goal}${speed}Long\\.Arn\\}"\\) AND ALARM\\("\\$\\{${part}/Objectives/${goal}${speed}Short\\.Arn\\}"\\)`,
                ),
              ),
            },
          ]),
        ),
      },
    ),
  ]),
);

export const alarms: Row = {
  row: 'alarms',
  expectations: [
    ...eachAlarm,
    ...objectives,
    ...about(
      { type: 'AWS::CloudWatch::Alarm', where: new RegExp(`^(?!.*${fed.source.slice(1)})`) },
      {
        'every alarm is told to people': { path: 'AlarmActions', is: oneOf([alarmTopic], [edgeTopic]) },
        'every alarm says when it is over': { path: 'OKActions', is: oneOf([alarmTopic], [edgeTopic]) },
        'every alarm names its runbook': {
          path: 'AlarmDescription',
          is: like(/Runbook: docs\/runbooks\/[a-z-]+\.md$/),
        },
      },
    ),
    ...about(
      { type: 'AWS::CloudWatch::Alarm', where: fed, count: 78 },
      { 'windows of a burn rate tell nobody by themselves': { path: 'AlarmActions', is: absent } },
    ),
    ...about(
      { type: 'AWS::CloudWatch::Alarm' },
      {
        'every alarm says what silence means': { path: 'TreatMissingData', is: oneOf('breaching', 'notBreaching') },
        'every alarm has a threshold': { path: 'Threshold', is: present },
        'every alarm is on': { path: 'ActionsEnabled', is: absent },
      },
    ),
    ...about(
      { type: 'AWS::CloudWatch::Alarm', where: /(NoTasks|TooFewTasks|BackupMissing|Keeper\/\w+Silent)$/ },
      { 'where silence is the fault, silence is an alarm': { path: 'TreatMissingData', is: 'breaching' } },
    ),
    ...about(
      {
        type: 'AWS::SNS::Topic',
        where: /Alarms\/Topic$/,
        count: 2,
        through: { type: 'AWS::SNS::TopicPolicy', by: 'Topics' },
      },
      {
        'alarms may tell': {
          path: 'PolicyDocument.Statement[*].Principal.Service',
          is: { says: 'cloudwatch.amazonaws.com', matches: (found) => found.includes('cloudwatch.amazonaws.com') },
        },
      },
    ),
    ...about(
      { type: 'AWS::SNS::TopicPolicy', where: /^Security\/Alarms/, count: 1 },
      {
        'alarms are told through the topic of alarms': {
          path: 'Topics',
          is: exactly(reference('Security/Alarms/Topic')),
        },
      },
    ),
  ],
};
