import { about, type Row } from '../../support/about';
import { oneOf } from '../../support/matchers';

const stack = 'Observability';
const type = 'AWS::Budgets::Budget';

/** Part of what costs less is what is paid for ahead: people are told when that is too little, or too much. */
export const commitments: Row = {
  row: 'cost by reserved capacity',
  expectations: [
    ...about(
      { stack, type, where: /Commitments\/\w+Coverage$/, count: 3 },
      {
        'what is not paid for ahead is told of tasks, databases and caches': {
          path: 'Budget.BudgetType',
          is: oneOf('SAVINGS_PLANS_COVERAGE', 'RI_COVERAGE'),
        },
        'people are told below the share that is meant to be covered': {
          path: 'NotificationsWithSubscribers[*].Notification.Threshold',
          is: 60,
        },
        'less that is covered is what people are told': {
          path: 'NotificationsWithSubscribers[*].Notification.ComparisonOperator',
          is: 'LESS_THAN',
        },
      },
    ),
    ...about(
      { stack, type, where: /Commitments\/\w+Utilization$/, count: 3 },
      {
        'what is bought and not used is told of tasks, databases and caches': {
          path: 'Budget.BudgetType',
          is: oneOf('SAVINGS_PLANS_UTILIZATION', 'RI_UTILIZATION'),
        },
        'people are told below the share that is meant to be used': {
          path: 'NotificationsWithSubscribers[*].Notification.Threshold',
          is: 90,
        },
        'less that is used is what people are told': {
          path: 'NotificationsWithSubscribers[*].Notification.ComparisonOperator',
          is: 'LESS_THAN',
        },
      },
    ),
    ...about(
      { stack, type, where: /Commitments\/Databases/, count: 2 },
      {
        'reserved databases are looked at as bills spell them': {
          path: 'Budget.CostFilters.Service[*]',
          is: 'Amazon Relational Database Service',
        },
      },
    ),
    ...about(
      { stack, type, where: /Commitments\//, count: 6 },
      {
        'whoever pays for the platform is told': {
          path: 'NotificationsWithSubscribers[*].Subscribers[*].Address',
          is: 'on-call@example.com',
        },
      },
    ),
  ],
};
