import { CfnParameter, CfnRule, Fn, Tags, type Stack, type StackProps } from 'aws-cdk-lib';
import { documentationValues } from '../../lib/platform/documentation-values';
import type { AwsSite } from '../../lib/platform/nouns/site';
import { oncePer } from '../../lib/platform/once';
import type { Platform, SiteName } from '../../lib/platform/platform';

/** What every stack of a platform is given. */
export interface PlatformStackProps extends StackProps {
  readonly platform: Platform;
  readonly site: AwsSite & { readonly siteName: SiteName };
}

/** Tags that say of what stage of what platform something is. */
export const placedTags = ({ name, stageName }: Pick<Platform, 'name' | 'stageName'>) => ({
  platform: name,
  stage: stageName,
});

/** What every stack of a platform has: an account and region, tags, protection, and a refusal of documentation values. */
export function preparePlatformStack(stack: Stack, { platform }: PlatformStackProps): void {
  stack.terminationProtection = platform.stage.protected;
  const tags = {
    ...placedTags(platform),
    owner: platform.owner.team,
    'cost-centre': platform.owner.costCentre,
  };
  for (const [key, value] of Object.entries(tags)) Tags.of(stack).add(key, value);
  refuseStack(stack, 'DocumentationValues', documentationRefusal(platform));
}

/**
 * While the definition holds documentation values, CloudFormation refuses every stack before it makes anything, and names
 * each of them.
 */
const documentationRefusal = oncePer((platform: Platform): Refusal => ({
  what: 'Paths of the definition that still hold documentation values',
  reasons: Object.fromEntries(
    documentationValues(platform).map(({ path, value }) => [
      path,
      `${path} is the documentation value ${value}: replace it in platforms/${platform.name}.ts`,
    ]),
  ),
}));

/** Why CloudFormation is to refuse a stack. */
export interface Refusal {
  /** What the paths are, for people who read the parameter. */
  readonly what: string;
  /** Reasons by the path of what is wrong. Without any, nothing is refused. */
  readonly reasons: Readonly<Record<string, string>>;
}

/** Lets CloudFormation refuse a stack before it makes anything, with a sentence for each reason. */
export function refuseStack(stack: Stack, id: string, { reasons, what }: Refusal): void {
  const paths = Object.keys(reasons);
  if (paths.length === 0) return;
  // A rule must look at a parameter, and a person must be able to change it knowingly.
  const parameter = new CfnParameter(stack, id, { type: 'String', default: paths.join(', '), description: what });
  const assert = Fn.conditionEquals(parameter.valueAsString, '');
  new CfnRule(stack, `No${id}`, {
    assertions: Object.values(reasons).map((assertDescription) => ({ assert, assertDescription })),
  });
}
