import { CfnParameter, CfnRule, Fn, Tags, type Stack, type StackProps } from 'aws-cdk-lib';
import { documentationValues } from '../../lib/platform/documentation-values';
import type { AwsSite } from '../../lib/platform/nouns/site';
import type { Platform, SiteName } from '../../lib/platform/platform';

/** What every stack of a platform is given. */
export interface PlatformStackProps extends StackProps {
  readonly platform: Platform;
  readonly site: AwsSite & { readonly siteName: SiteName };
}

/** What every stack of a platform has: an account and region, tags, protection, and a refusal of documentation values. */
export function preparePlatformStack(stack: Stack, { platform }: PlatformStackProps): void {
  stack.terminationProtection = platform.stage.protected;
  const tags = {
    platform: platform.name,
    stage: platform.stageName,
    owner: platform.owner.team,
    'cost-centre': platform.owner.costCentre,
  };
  for (const [key, value] of Object.entries(tags)) Tags.of(stack).add(key, value);
  refuseDocumentationValues(stack, platform);
}

/**
 * While the definition holds documentation values, CloudFormation refuses the stack before it makes anything, and names
 * each of them.
 */
function refuseDocumentationValues(stack: Stack, platform: Platform): void {
  const values = documentationValues(platform);
  if (values.length === 0) return;
  const parameter = new CfnParameter(stack, 'DocumentationValues', {
    type: 'String',
    default: values.map(({ path }) => path).join(', '),
    description: 'Paths of the definition that still hold documentation values',
  });
  const assert = Fn.conditionEquals(parameter.valueAsString, '');
  new CfnRule(stack, 'NoDocumentationValues', {
    assertions: values.map(({ path, value }) => ({
      assert,
      assertDescription: `${path} is the documentation value ${value}: replace it in platforms/${platform.name}.ts`,
    })),
  });
}
