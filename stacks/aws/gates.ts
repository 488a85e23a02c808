import {
  Aws,
  CfnResource,
  CfnRule,
  CloudFormationValidatePlugin,
  Fn,
  Stack,
  Stage,
  Validations,
  type App,
} from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** One for all apps of a process: it keeps its rules compiled, which is most of what it costs. */
const validator = new CloudFormationValidatePlugin();

/**
 * Adds CloudFormation's validator. It is added by hand because the one that the CDK adds by itself can be switched off
 * from outside.
 */
export function addValidator(app: App): void {
  Validations.of(app).addPlugins(validator);
}

/** Adds the rule packs. They belong to the app alone: on a stage they would report a second time. */
export function addRulePacks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app), new PCIDSS321Checks(app));
}

/**
 * Lets CloudFormation refuse every stack of an app whose gates are off, before it makes anything: what no gate has seen
 * is for reading.
 */
export function refuseDeployment(app: App): void {
  for (const stack of app.node.findAll().filter((construct) => Stack.isStack(construct))) {
    new CfnRule(stack, 'GatesWereOff', {
      assertions: [
        {
          // A rule must look at something; this is never true.
          assert: Fn.conditionEquals(Aws.REGION, ''),
          assertDescription: 'this template was synthesized with gates off: synthesize it again without -c gates=off',
        },
      ],
    });
  }
}

/** An acknowledgement of a rule, and where it stands. */
export interface Acknowledgement {
  readonly id: string;
  readonly reason: string;
  /** Path of the construct that it stands on. */
  readonly path: string;
  /** Whether that is an app, a stage or a stack, where it would answer for everything below. */
  readonly wide: boolean;
}

/** Every acknowledgement of the app's tree. */
export function acknowledgementsIn(app: App): readonly Acknowledgement[] {
  return app.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Readonly<Record<string, string>>))
      .map(([id, reason]) => ({
        id,
        reason,
        path: construct.node.path,
        wide: Stack.isStack(construct) || Stage.isStage(construct),
      })),
  );
}

/** Something that is in a template and that the rule packs do not see, because they judge the construct tree. */
export interface Unseen {
  readonly path: string;
  readonly what: string;
}

/** Resources and properties of the app's tree that the rule packs cannot judge. */
export function unseenByRulePacks(app: App): readonly Unseen[] {
  return app.node
    .findAll()
    .filter((construct) => CfnResource.isCfnResource(construct))
    .flatMap((resource) => {
      const path = resource.node.path;
      const raw = isRaw(resource) ? [{ path, what: `${resource.cfnResourceType} made without its class` }] : [];
      return [...raw, ...overriddenIn(resource).map((property) => ({ path, what: `an override of ${property}` }))];
    });
}

/** Rules recognise a resource by its class. The CDK's own providers of custom resources have none. */
function isRaw(resource: CfnResource): boolean {
  const bare = Object.getPrototypeOf(resource) === CfnResource.prototype;
  return bare && resource.cfnResourceType.startsWith('AWS::') && !isProvider(resource.node.scope);
}

const isProvider = (scope: IConstruct | undefined): boolean =>
  scope !== undefined && /^Custom::.+CustomResourceProvider$/.test(scope.node.id);

/** No rule judges tags, and listener rules must go without those of the stage. */
const NOT_JUDGED = 'Properties.Tags';

function overriddenIn(resource: CfnResource): readonly string[] {
  const { rawOverrides } = resource as unknown as { readonly rawOverrides: Readonly<Record<string, object>> };
  const { Properties = {}, ...attributes } = rawOverrides;
  const overridden = [...Object.keys(attributes), ...Object.keys(Properties).map((name) => `Properties.${name}`)];
  return overridden.filter((each) => each !== NOT_JUDGED);
}
