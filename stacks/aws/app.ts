import { App } from 'aws-cdk-lib';
import { BriefPolicies } from '../../lib/aws/brief-policies';
import { PlatformError } from '../../lib/platform/error';
import { nothingTold, type SiteOutputs } from '../../lib/platform/outputs';
import { siteOn, type Platform } from '../../lib/platform/platform';
import type { Releases } from '../../lib/platform/releases';
import { PlatformStage } from './stage';

/** What the app is made from. */
export interface CreateAppOptions {
  /** Feature flags and defaults; the context of cdk.json. */
  readonly context: Readonly<Record<string, unknown>>;
  /** Finds a platform in a stage; throws a PlatformError if there is none. */
  readonly load: (platform: string, stage: string) => LoadedPlatform;
  /** Where the cloud assembly is written. @default - a temporary directory */
  readonly outdir?: string;
}

/** A platform, and what its stage runs. */
export interface LoadedPlatform {
  readonly platform: Platform;
  /** Images by service; a service without one runs the bootstrap image. */
  readonly releases: Releases;
  /** What the platform's site on Azure told. @default - nothing */
  readonly outputs?: SiteOutputs;
}

/** An app that is ready to be synthesized. */
export interface CreatedApp {
  readonly app: App;
  readonly platform: Platform;
  readonly stage: PlatformStage;
  /** Whether its output is to pass the gates: unless the context says `gates=off`. */
  readonly gated: boolean;
}

/** Context that no command line and no configuration of a user may change: the gates and the bytes depend on it. */
const fixedContext = {
  '@aws-cdk/core:annotationsInValidationReport': true,
  // The report is judged and printed in one place, whoever runs the app.
  '@aws-cdk/core:failSynthOnValidationErrors': false,
  '@aws-cdk/core:strictCfnValidateErrors': true,
  '@aws-cdk/core:validateAgainstDefaultRules': true,
  // They name the directory that the repository lies in.
  'aws:cdk:disable-creation-stack-traces': true,
};

/**
 * The AWS app of one platform in one stage, before it is synthesized. The same for the command line and for tests. It is
 * not validated unless gates are added to it.
 */
export function createApp({ context, load, outdir }: CreateAppOptions): CreatedApp {
  const app = new App({
    context: { ...context },
    postCliContext: fixedContext,
    ...(outdir === undefined ? {} : { outdir }),
    autoSynth: false,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
    treeMetadata: false,
    propertyInjectors: [new BriefPolicies()],
    stackTraces: false,
  });
  const gated = app.node.tryGetContext('gates') !== 'off';
  const chosen = (key: string): string => String(app.node.tryGetContext(key));
  const { outputs = nothingTold, platform, releases } = load(chosen('platform'), chosen('stage'));
  const site = siteOn(platform, 'aws');
  if (site === undefined) {
    throw new PlatformError(`platform ${platform.name}, stage ${platform.stageName}`, [
      {
        path: `stages.${platform.stageName}.sites`,
        got: Object.values(platform.stage.sites).map((each) => each?.cloud),
        allowed: 'with one site on aws for this command',
        remedy: `${platform.name} has no site on aws in ${platform.stageName}: run npm run synth -- --platform ${platform.name} --stage ${platform.stageName}, which writes what it has, or choose a platform or a stage that stands on aws`,
      },
    ]);
  }
  const stage = new PlatformStage(app, `${platform.name}-${platform.stageName}`, {
    platform,
    site,
    releases,
    outputs,
  });
  return { app, platform, stage, gated };
}
