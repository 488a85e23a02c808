import recommended from 'aws-cdk-lib/recommended-feature-flags.json';
import cdkJson from '../../cdk.json';
import { platformNames, stagesOn } from '../../bin/inputs';

const context: Readonly<Record<string, unknown>> = cdkJson.context;

/** Flags that are not as the CDK recommends, and why. */
const otherwise = {
  // Records the properties of every construct for the CDK's telemetry, which is off.
  '@aws-cdk/core:enableAdditionalMetadataCollection': false,
  // Not among the recommended: what the validator finds is an error.
  '@aws-cdk/core:strictCfnValidateErrors': true,
};

/** What is no flag of the library. */
const own = ['platform', 'stage', 'cli-telemetry'];

describe('cdk.json', () => {
  test('writes out every flag, as it is recommended', () => {
    const flags = Object.fromEntries(Object.entries(context).filter(([name]) => !own.includes(name)));
    expect(flags).toEqual({ ...recommended, ...otherwise });
  });

  test('has a platform and one of its stages by default', () => {
    expect(platformNames()).toContain(context.platform);
    expect(stagesOn('retailflow', 'aws')).toContain(context.stage);
  });

  test('lets no synth ask or tell anybody outside', () => {
    expect(context['cli-telemetry']).toBe(false);
    expect(cdkJson.versionReporting).toBe(false);
    expect(cdkJson.notices).toBe(false);
  });

  test('refers from stack to stack by weak references', () => {
    expect(context['@aws-cdk/core:defaultCrossStackReferences']).toBe('weak');
  });
});
