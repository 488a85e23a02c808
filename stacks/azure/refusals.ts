import { DataResource, TerraformStack, TerraformVariable, type App } from 'cdktf';
import { documentationValues } from '../../lib/platform/documentation-values';
import type { Platform } from '../../lib/platform/platform';

const stacksOf = (app: App): readonly TerraformStack[] =>
  app.node.children.filter((child) => TerraformStack.isStack(child));

/** Lets Terraform refuse a stack before it plans anything, with a sentence for each reason. */
function refuse(stack: TerraformStack, id: string, condition: string, reasons: readonly string[]): void {
  new DataResource(stack, id, {
    lifecycle: {
      precondition: reasons.map((errorMessage) => ({ condition: `\${${condition} == ""}`, errorMessage })),
    },
  });
}

/** Lets Terraform refuse, by name, each value of the definition that only documents use. */
export function refuseDocumentationValues(app: App, platform: Platform): void {
  const values = documentationValues(platform);
  if (values.length === 0) return;
  for (const stack of stacksOf(app)) {
    // A condition must look at something that is known when it is planned, and that a person can change knowingly.
    const variable = new TerraformVariable(stack, 'documentation_values', {
      type: 'string',
      default: values.map(({ path }) => path).join(', '),
      description: 'Values that only documents use, which nothing is made of',
    });
    refuse(
      stack,
      'NoDocumentationValues',
      variable.fqn,
      values.map(
        ({ path, value }) =>
          `${path} is the documentation value ${value}: replace it in platforms/${platform.name}.ts.`,
      ),
    );
  }
}

/** Lets Terraform refuse every stack of an app whose gates are off: what no gate has seen is for reading. */
export function refuseApplication(app: App): void {
  for (const stack of stacksOf(app)) {
    // The workspace has a name; this is never true.
    refuse(stack, 'GatesWereOff', 'terraform.workspace', [
      'This stack was synthesized with gates off: synthesize it again without --gates off.',
    ]);
  }
}
