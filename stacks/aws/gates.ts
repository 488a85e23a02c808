import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Validations, type App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';

/** Adds the rule packs. They belong to the app alone: on a stage they would report a second time. */
export function addRulePacks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app), new PCIDSS321Checks(app));
}

/** An acknowledgement of a rule, and where it stands. */
export interface Acknowledgement {
  readonly id: string;
  readonly path: string;
}

interface Report {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly conclusion: 'success' | 'failure';
    readonly suppressedViolations?: readonly { readonly acknowledgedId: string; readonly acknowledgedAt: string }[];
  }[];
}

/**
 * What the validation of a synth left unsaid. Run by the command line, it reports failures without throwing, and it never
 * tells of acknowledgements that answered no finding.
 */
export function validationProblems(app: App, outdir: string): readonly string[] {
  const { pluginReports } = JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')) as Report;
  const failed = pluginReports
    .filter(({ conclusion }) => conclusion !== 'success')
    .map(
      ({ pluginName }) =>
        `${pluginName} has findings, listed above: mend the resource, or acknowledge the finding with a reason`,
    );
  const answered = new Set(
    pluginReports.flatMap(({ suppressedViolations = [] }) =>
      suppressedViolations.map(({ acknowledgedAt, acknowledgedId }) =>
        key({ path: acknowledgedAt, id: acknowledgedId }),
      ),
    ),
  );
  const stale = acknowledgementsIn(app)
    .filter((acknowledgement) => !answered.has(key(acknowledgement)))
    .map(({ id, path }) => `${path} acknowledges ${id}, which finds nothing there: remove the acknowledgement`);
  return [...failed, ...stale];
}

const key = ({ id, path }: Acknowledgement): string => `${path} ${id}`;

function acknowledgementsIn(app: App): readonly Acknowledgement[] {
  return app.node.findAll().flatMap((construct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.keys(data as Readonly<Record<string, string>>))
      .map((id) => ({ id, path: construct.node.path })),
  );
}
