import { resourcesOf as awsResources, type Assembly, type Resource, type Stack } from '../aws/stack';
import { resourcesOf, type Site } from '../azure/stack';
import { listOf, numberOf, objectOf, textOf } from '../json';

/**
 * A budget of a month that was synthesized: people are told before it is spent. It is made of the promise, so that it proves that somebody
 * watches and not what is spent; of that, only tasks have a price here (`compute.ts`).
 */
export interface Spend {
  readonly at: string;
  readonly dollars: number;
  /** At how much of it people are told, in percent, the least first; a forecast among them. */
  readonly tells: readonly number[];
}

/** The budgets of a stage. */
export const spendsOf = ({ aws, azure }: { readonly aws: Assembly | undefined; readonly azure: Site | undefined }) => [
  ...(azure === undefined ? [] : azureSpends(azure)),
  ...(aws === undefined ? [] : awsSpends(aws)),
];

const sorted = (tells: readonly number[]): readonly number[] => [...new Set(tells)].sort((a, b) => a - b);

const azureSpends = (site: Site): readonly Spend[] =>
  resourcesOf(site, 'azurerm_consumption_budget_subscription')
    // Budgets of single parts stand elsewhere.
    .filter(({ stack }) => stack.endsWith('-operations'))
    .map(({ address, arguments: { amount, notification }, stack }) => ({
      at: `cdktf.out ${stack}: ${address}`,
      dollars: numberOf(amount) ?? Infinity,
      tells: sorted(listOf(notification).map((each) => numberOf(objectOf(each).threshold) ?? Infinity)),
    }));

/** Budgets of money: those of what is paid for ahead are of shares. */
const moneyOf = (stack: Stack): readonly Resource[] =>
  awsResources(stack, 'AWS::Budgets::Budget').filter(
    ({ properties }) => textOf(objectOf(properties.Budget).BudgetType) === 'COST',
  );

const awsSpends = ({ stacks }: Assembly): readonly Spend[] =>
  stacks.flatMap((stack) =>
    moneyOf(stack).map(({ logicalId, properties }) => ({
      at: `cdk.out ${stack.name}: ${logicalId}`,
      dollars: numberOf(objectOf(objectOf(properties.Budget).BudgetLimit).Amount) ?? Infinity,
      tells: sorted(
        listOf(properties.NotificationsWithSubscribers).map(
          (each) => numberOf(objectOf(objectOf(each).Notification).Threshold) ?? Infinity,
        ),
      ),
    })),
  );
