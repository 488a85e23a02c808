import { aws_config as config, aws_events as events, aws_events_targets as targets, RemovalPolicy } from 'aws-cdk-lib';
import { Construct, type IDependable } from 'constructs';
import type { Conformance } from '../platform/nouns/audit';
import type { Alarms } from './alarms';
import { soc2, type ConformanceRules } from './conformance-soc-2';

/** Rules of each pack. Security Hub judges by the other standards. */
export const packs = { 'soc-2': soc2 } as const satisfies Partial<Record<Conformance, ConformanceRules>>;
export type Pack = keyof typeof packs;

/** Whether AWS Config judges by a standard. */
export const isPack = (standard: Conformance): standard is Pack => Object.hasOwn(packs, standard);

/** AWS Config takes a template of so many characters at most: https://docs.aws.amazon.com/config/latest/APIReference/API_PutConformancePack.html */
export const longestTemplate = 51_200;

const words = (identifier: string): string => identifier.toLowerCase().replaceAll('_', '-');

/** The template of a pack: each rule under a name that says of which pack and for which criterion it is. */
export const packTemplate = (pack: string, criteria: ConformanceRules): string =>
  JSON.stringify({
    Resources: Object.fromEntries(
      Object.entries(criteria).flatMap(([criterion, rules]) =>
        rules.map(({ identifier, parameters }) => [
          identifier.replaceAll('_', ''),
          {
            Type: 'AWS::Config::ConfigRule',
            Properties: {
              ConfigRuleName: `${pack}-${criterion}-${words(identifier)}`,
              ...(parameters === undefined ? {} : { InputParameters: parameters }),
              Source: { Owner: 'AWS', SourceIdentifier: identifier },
            },
          },
        ]),
      ),
    ),
  });

export interface AuditConformanceProps {
  readonly packs: readonly Pack[];
  /** What names of the stage begin with. */
  readonly prefix: string;
  /** The stage's own configuration history, which rules read. @default - the organisation's */
  readonly history?: IDependable;
  readonly alarms: Alarms;
}

/**
 * Continuous evidence for an audit: packs of rules that AWS Config judges the account by, from templates of this repository, which
 * ask nobody. Somebody is told when something no longer conforms. Packs outlive their stack, with what they have found.
 */
export class AuditConformance extends Construct {
  public readonly packs: Readonly<Record<string, config.CfnConformancePack>>;
  public readonly notices: events.Rule;

  public constructor(scope: Construct, id: string, props: AuditConformanceProps) {
    super(scope, id);
    this.packs = Object.fromEntries(props.packs.map((pack) => [pack, this.pack(pack, props)]));
    this.notices = this.tell(props);
  }

  private pack(pack: Pack, { history, prefix }: AuditConformanceProps): config.CfnConformancePack {
    const made = new config.CfnConformancePack(this, pack, {
      conformancePackName: `${prefix}-${pack}`,
      templateBody: packTemplate(pack, packs[pack]),
    });
    if (history !== undefined) made.node.addDependency(history);
    made.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    return made;
  }

  private tell({ alarms, packs: chosen }: AuditConformanceProps): events.Rule {
    const field = (path: string): string => events.EventField.fromPath(path);
    return new events.Rule(this, 'Notices', {
      description: 'Something no longer conforms to a standard that the stage keeps',
      eventPattern: {
        source: ['aws.config'],
        detailType: ['Config Rules Compliance Change'],
        detail: {
          configRuleName: chosen.map((pack) => ({ prefix: `${pack}-` })),
          newEvaluationResult: { complianceType: ['NON_COMPLIANT'] },
        },
      },
      targets: [
        new targets.SnsTopic(alarms.topic, {
          message: events.RuleTargetInput.fromText(
            `${field('$.detail.configRuleName')}: ${field('$.detail.resourceType')} ${field('$.detail.resourceId')} ` +
              `in ${field('$.account')} ${field('$.region')} does not conform. Runbook: docs/runbooks/conformance.md`,
          ),
        }),
      ],
    });
  }
}
