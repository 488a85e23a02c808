import { isList, isObject, listOf, objectOf, textOf } from '../../json';
import type { Json } from '../../json';
import { reporter } from '../rule';
import type { Rule } from '../rule';
import { resourcesOf } from '../stack';
import type { Stack } from '../stack';

const report = reporter('policy-size');

/** A policy of which AWS takes so many characters, white space aside. */
interface Limit {
  readonly type: string;
  readonly property: string;
  readonly characters: number;
}

/**
 * What AWS takes of each document: quotas of IAM, AWS KMS, Amazon S3, Amazon SQS and Amazon SNS. That of a trust policy is
 * the one that an account begins with.
 */
const limits: readonly Limit[] = [
  { type: 'AWS::IAM::ManagedPolicy', property: 'PolicyDocument', characters: 6144 },
  { type: 'AWS::IAM::Role', property: 'AssumeRolePolicyDocument', characters: 2048 },
  { type: 'AWS::KMS::Key', property: 'KeyPolicy', characters: 32_768 },
  { type: 'AWS::KMS::ReplicaKey', property: 'KeyPolicy', characters: 32_768 },
  { type: 'AWS::S3::BucketPolicy', property: 'PolicyDocument', characters: 20_480 },
  { type: 'AWS::SQS::QueuePolicy', property: 'PolicyDocument', characters: 8192 },
  { type: 'AWS::SNS::TopicPolicy', property: 'PolicyDocument', characters: 30_720 },
];

/** What is put for a value that is known at deployment alone: the ARN of a secret with a name that CloudFormation makes. */
const arn = '?'.repeat(120);

/** What is put for such a part of a text: a name that CloudFormation makes, rather long. */
const name = '?'.repeat(60);

/** Whether a value is an ARN by what it is called, of this stack or of another one. */
function isArn(value: Json): boolean {
  const { 'Fn::GetAtt': attribute, 'Fn::GetStackOutput': output } = objectOf(value);
  return /Arn([0-9A-F]{8})?$/.test(textOf(listOf(attribute)[1]) ?? textOf(objectOf(output).OutputName) ?? '');
}

/** What a text of the template becomes, or something as long. */
function written(value: Json, stack: Stack, unknown: string): Json {
  if (isList(value)) return value.map((item) => written(item, stack, arn));
  if (!isObject(value)) return value;
  const { 'Fn::Join': join, Ref } = value;
  if (typeof Ref === 'string') return known(stack)[Ref] ?? unknown;
  if (isList(join) && isList(join[1])) {
    return join[1].map((part) => textOf(written(part, stack, isArn(part) ? arn : name)) ?? name).join(textOf(join[0]));
  }
  if (Object.keys(value).some((key) => key.startsWith('Fn::'))) return unknown;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, written(inner, stack, arn)]));
}

const known = ({ account, region, stackName }: Stack): Readonly<Record<string, string>> => ({
  'AWS::AccountId': account,
  'AWS::Region': region,
  'AWS::StackName': stackName,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
});

/**
 * No policy is longer than AWS takes it. Names and ARNs that are made at deployment are counted as rather long ones, since
 * AWS refuses a policy only then, in the middle of it.
 */
export const policySize: Rule = (stack) =>
  limits.flatMap(({ characters, property, type }) =>
    resourcesOf(stack, type).flatMap((resource) => {
      const document = resource.properties[property];
      const length =
        document === undefined ? 0 : JSON.stringify(written(document, stack, arn)).replace(/\s/g, '').length;
      if (length <= characters) return [];
      const message = `${property} comes to some ${length} characters, and AWS takes ${characters}: name more with one statement, or give part of it to another policy`;
      return [report(stack, resource, message)];
    }),
  );
