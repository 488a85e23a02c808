import { join } from 'node:path';
import { reviewValidation, type RuleAcknowledgement } from '../../../lib/review/aws/validation-report';
import { formatFinding } from '../../../lib/review/finding';
import { newDirectory, writeJson } from './fixtures';

const PATH = 'shop-production/Data/Store/Bucket/Resource';
const RULE = 'AwsSolutions::AwsSolutions-S1';

interface Place {
  readonly constructPath?: string;
  readonly cloudFormationResource?: { readonly logicalId: string };
}

const violation = (ruleName: string, ...places: readonly Place[]) => ({
  ruleName,
  description: 'is not as it should be',
  severity: 'warning',
  violatingConstructs: places,
});

const suppressed = (acknowledgedAt: string, ...paths: readonly string[]) => ({
  ...violation('AwsSolutions-S1', ...paths.map((constructPath) => ({ constructPath }))),
  acknowledgedId: RULE,
  acknowledgedAt,
});

const pluginReport = (fields: object) => ({
  pluginName: 'AwsSolutions',
  conclusion: 'success',
  violations: [],
  ...fields,
});

const acknowledgement = (fields: Partial<RuleAcknowledgement> = {}): RuleAcknowledgement => ({
  id: RULE,
  reason: 'the bucket is the one that logs are written to',
  path: PATH,
  wide: false,
  ...fields,
});

function review(pluginReports: readonly object[], acknowledgements: readonly RuleAcknowledgement[] = []) {
  const directory = newDirectory();
  writeJson(join(directory, 'validation-report.json'), {
    version: '55.0.0',
    title: 'Validation Report',
    pluginReports,
  });
  return reviewValidation(directory, acknowledgements).map(formatFinding);
}

describe('reviewValidation', () => {
  test('finds nothing in a report without findings', () => {
    expect(review([])).toEqual([]);
    expect(review([pluginReport({})])).toEqual([]);
  });

  test('fails when there are violations, of whatever severity and whatever the conclusion says', () => {
    const place = { constructPath: PATH, cloudFormationResource: { logicalId: 'Bucket' } };
    const validator = pluginReport({
      pluginName: 'CloudFormation Validate',
      violations: [{ ...violation('W3030', place, { constructPath: '' }), suggestedFix: 'name another' }],
    });
    expect(review([validator, pluginReport({ violations: [violation('AwsSolutions-S1', place)] })])).toEqual([
      `[CloudFormation-Validate::W3030] ${PATH} (Bucket): is not as it should be (name another)`,
      '[CloudFormation-Validate::W3030] app: is not as it should be (name another)',
      `[${RULE}] ${PATH} (Bucket): is not as it should be`,
    ]);
  });

  test('fails when there is a violation of no construct at all', () => {
    expect(review([pluginReport({ violations: [violation('AwsSolutions-S1')] })])).toEqual([
      `[${RULE}] app: is not as it should be`,
    ]);
  });

  test('keeps the ids by which findings are acknowledged', () => {
    const violations = [violation('AwsSolutions-IAM5[Resource::*]', { constructPath: PATH })];
    const annotated = [violation('Annotation::error-annotation', { constructPath: PATH })];
    expect(
      review([
        pluginReport({ violations }),
        pluginReport({ pluginName: 'Construct Annotations', violations: annotated }),
      ]),
    ).toEqual([
      `[AwsSolutions::AwsSolutions-IAM5[Resource::*]] ${PATH}: is not as it should be`,
      `[Annotation::error-annotation] ${PATH}: is not as it should be`,
    ]);
  });

  test('fails when a plugin failed without saying what it found', () => {
    const failed = pluginReport({ conclusion: 'failure', metadata: { error: 'the plugin broke' } });
    expect(review([failed, pluginReport({ pluginName: 'Other', conclusion: 'failure' })])).toEqual([
      '[AwsSolutions] app: the plugin broke',
      '[Other] app: failed, and did not say why',
    ]);
  });

  test('fails when there is no report, or one that it cannot read', () => {
    expect(() => reviewValidation(newDirectory(), [])).toThrow('validation-report.json must be a JSON file');
    expect(() => review([{ pluginName: 'AwsSolutions' }])).toThrow('conclusion');
  });
});

describe('an acknowledgement', () => {
  test.each([
    ['the resource itself', PATH, [PATH]],
    ['the construct that is named for the resource', 'shop-production/Data/Store/Bucket', [PATH]],
    [
      'the construct that all findings have in common',
      'shop-production/Data/Store',
      [PATH, 'shop-production/Data/Store/Log'],
    ],
  ])('may stand on %s', (_, path, paths) => {
    expect(
      review([pluginReport({ suppressedViolations: [suppressed(path, ...paths)] })], [acknowledgement({ path })]),
    ).toEqual([]);
  });

  test('may be one that the CDK makes on a stack, whether it answers anything or not', () => {
    const made = acknowledgement({ id: 'CloudFormation-Validate::W3010', path: 'shop-production/Network', wide: true });
    expect(review([], [made])).toEqual([]);
  });

  test.each([
    ['it answers nothing', {}, [], 'answers no finding there: remove it'],
    [
      'it answers only elsewhere',
      {},
      [suppressed('shop-production/Data', PATH)],
      'answers no finding there: remove it',
    ],
    [
      'a narrower construct holds all that it answers',
      { path: 'shop-production/Data/Store' },
      [suppressed('shop-production/Data/Store', PATH), suppressed('shop-production/Data/Store', PATH)],
      `must stand on the narrowest construct, and all that it answers is in ${PATH}: move it there`,
    ],
    [
      'it stands on a stack',
      { path: 'shop-production/Data', wide: true },
      [suppressed('shop-production/Data', PATH)],
      'must not stand on an app, a stage or a stack: move it to the resource',
    ],
    [
      'its reason is too short to be weighed',
      { reason: '  it is fine          ' },
      [suppressed(PATH, PATH)],
      "must give a reason of at least 20 characters, got '  it is fine          ': say why it is right",
    ],
  ])('fails when %s', (_, fields, suppressedViolations, problem) => {
    const each = acknowledgement(fields);
    expect(review([pluginReport({ suppressedViolations })], [each])).toEqual([
      `[acknowledgement] ${each.path}: the acknowledgement of ${RULE} ${problem}`,
    ]);
  });

  test('fails when its rule has no pack in front, in which form it hides a finding without a record', () => {
    const bare = acknowledgement({ id: 'Annotation::AwsSolutions-S1' });
    expect(review([], [bare])).toContain(
      `[acknowledgement] ${PATH}: the acknowledgement of ${bare.id} must name the rule with its pack in front: use acknowledge()`,
    );
  });
});
