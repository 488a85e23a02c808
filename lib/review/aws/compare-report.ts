import type { Finding } from '../finding';
import type { Comparison, StackChange } from './compare';
import type { Redeployment } from './redeploy';
import { statefulType } from './stateful-types';
import type { Stack } from './stack';

/** A part of the report. Names stand in backticks, which the plain text leaves out. */
interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** The comparison as plain text. */
export function textReport(comparison: Comparison): string {
  const parts = sectionsOf(comparison).map(({ heading, lines }) => [heading, ...lines.map((line) => `  ${line}`)]);
  return [[summary(comparison)], ...parts]
    .map((lines) => lines.join('\n').replaceAll('`', ''))
    .join('\n\n')
    .concat('\n');
}

/** The comparison as Markdown, for a comment on a pull request. */
export function markdownReport(comparison: Comparison): string {
  const parts = sectionsOf(comparison).map(({ heading, lines }) =>
    [`### ${heading}`, '', ...lines.map((line) => `- ${line}`)].join('\n'),
  );
  return [`## Templates: ${verdict(comparison)}`, summary(comparison), ...parts].join('\n\n').concat('\n');
}

function verdict({ refused }: Comparison): string {
  if (refused.length === 0) return 'no data at risk';
  return refused.length === 1 ? '1 problem' : `${refused.length} problems`;
}

function summary({ added, removed, changed, unchanged }: Comparison): string {
  return `Stacks: ${added.length} new, ${removed.length} removed, ${changed.length} changed, ${unchanged} unchanged.`;
}

function sectionsOf({ refused, warnings, added, removed, changed, redeploy }: Comparison): readonly Section[] {
  return [
    { heading: 'Data at risk: this fails the check', lines: refused.map(findingLine) },
    { heading: 'Data: look twice', lines: warnings.map(findingLine) },
    { heading: 'Redeploy with --force: the template stays, what it reads changes', lines: redeploy.map(redeployLine) },
    { heading: 'New stacks', lines: added.map(stackLine) },
    { heading: 'Removed stacks', lines: removed.map(stackLine) },
    ...changed.map((change) => ({
      heading: `Changed: ${change.stack.name}${labels(change)}`,
      lines: changeLines(change),
    })),
  ].filter(({ lines }) => lines.length > 0);
}

function findingLine({ path, logicalId, message }: Finding): string {
  return `\`${path}\` (\`${logicalId}\`): ${message}`;
}

function redeployLine({ stack, producer, output, because }: Redeployment): string {
  return `\`${stack}\` reads \`${output}\` of \`${producer}\`: ${because}`;
}

function stackLine({ name, resources }: Stack): string {
  const held = resources.filter((resource) => statefulType(resource) !== undefined).length;
  const count = resources.length === 1 ? '1 resource' : `${resources.length} resources`;
  return `\`${name}\`: ${count}${held === 0 ? '' : `, ${held} with data`}`;
}

/** Hints to the reviewer, in the heading. */
function labels({ difference }: StackChange): string {
  const texts = [
    ...(difference.broaderPermissions ? ['permissions may be broader'] : []),
    ...(difference.newNetworkRules ? ['new network rules'] : []),
  ];
  return texts.length === 0 ? '' : ` (${texts.join(', ')})`;
}

function changeLines({ stack, before, difference }: StackChange): readonly string[] {
  const { resources, outputs, other } = difference;
  return [
    ...resources.map(({ logicalId, type, effect, differing }) => {
      const path = (effect === 'create' ? stack : before).constructPath(logicalId);
      const properties = differing.length === 0 ? '' : `: ${differing.join(', ')}`;
      return `${effect} ${type} \`${path}\` (\`${logicalId}\`)${properties}`;
    }),
    ...(outputs.length === 0 ? [] : [`outputs: ${outputs.map((name) => `\`${name}\``).join(', ')}`]),
    ...(other ? ['parameters, conditions, mappings or other parts of the template'] : []),
  ];
}
