import { aws_budgets as budgets } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { pascalCase } from '../platform/ids';
import type { Commitments as Spec } from '../platform/nouns/goals';
import { placedOn, type Platform, type SiteName } from '../platform/platform';

export interface CommitmentsProps {
  readonly spec: Spec;
  readonly platform: Pick<Platform, 'caches' | 'databases' | 'searches'>;
  /** Site whose parts are paid for. */
  readonly siteName: SiteName;
  /** Who is told. */
  readonly email: string;
}

/** Something that is paid for ahead, and how Budgets calls it. */
export interface Committed {
  readonly name: string;
  readonly kind: 'RI' | 'SAVINGS_PLANS';
  /** As bills spell it. Savings plans are of no one service. */
  readonly service?: string;
}

/** What of a platform can be paid for ahead: tasks and functions by a savings plan, servers that keep data by reserved nodes. */
export const committedOf = ({
  platform: { caches, databases, searches },
  siteName,
}: Pick<CommitmentsProps, 'platform' | 'siteName'>): readonly Committed[] => {
  const reserved = [
    { name: 'databases', service: 'Amazon Relational Database Service', parts: placedOn(databases, siteName) },
    { name: 'caches', service: 'Amazon ElastiCache', parts: placedOn(caches, siteName) },
    { name: 'searches', service: 'Amazon OpenSearch Service', parts: placedOn(searches, siteName) },
  ];
  return [
    { name: 'tasks', kind: 'SAVINGS_PLANS' },
    ...reserved
      .filter(({ parts }) => parts.length > 0)
      .map(({ name, service }) => ({ name, kind: 'RI', service }) as const),
  ];
};

/**
 * Tells people when less of a month's use is paid for ahead than the platform means to, or less of what was bought is used. What is
 * bought, by whom and for how long is theirs: a year of it is no part of a template. As budgets of money, these are of the whole account.
 */
export class Commitments extends Construct {
  public readonly budgets: readonly budgets.CfnBudget[];

  public constructor(scope: Construct, id: string, props: CommitmentsProps) {
    super(scope, id);
    const { coveredPercent, usedPercent } = props.spec;
    this.budgets = committedOf(props).flatMap((each) => [
      this.watch(each, 'COVERAGE', coveredPercent, props.email),
      this.watch(each, 'UTILIZATION', usedPercent, props.email),
    ]);
  }

  private watch(
    { kind, name, service }: Committed,
    what: 'COVERAGE' | 'UTILIZATION',
    percent: number,
    email: string,
  ): budgets.CfnBudget {
    return new budgets.CfnBudget(this, pascalCase(`${name}-${what.toLowerCase()}`), {
      budget: {
        budgetType: `${kind}_${what}`,
        timeUnit: 'MONTHLY',
        // Budgets takes no other limit of these; people are told below the share that is meant.
        budgetLimit: { amount: 100, unit: 'PERCENTAGE' },
        ...(service === undefined ? {} : { costFilters: { Service: [service] } }),
      },
      notificationsWithSubscribers: [
        {
          notification: {
            notificationType: 'ACTUAL',
            comparisonOperator: 'LESS_THAN',
            threshold: percent,
            thresholdType: 'PERCENTAGE',
          },
          subscribers: [{ subscriptionType: 'EMAIL', address: email }],
        },
      ],
    });
  }
}
