import { aws_iam as iam, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Lambda, for functions of the account alone. */
export const functionPrincipal = (scope: IConstruct): iam.ServicePrincipal =>
  new iam.ServicePrincipal('lambda.amazonaws.com', {
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
