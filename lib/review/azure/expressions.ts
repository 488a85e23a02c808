/** A name in an expression of Terraform, as it is reached: `azurerm_subnet.Pods.id` without its positions. */
export interface Traversal {
  /** `['azurerm_kubernetes_cluster', 'Cluster', 'kubelet_identity', 'object_id']`; positions in lists are left out. */
  readonly names: readonly string[];
}

/** A template of Terraform, taken apart. */
interface Template {
  /** What stands outside of expressions. */
  readonly literals: readonly string[];
  /** What stands inside `${…}`. */
  readonly expressions: readonly string[];
}

/** What stands in {@link literalText} for a value that Terraform computes. */
export const COMPUTED = '${…}';

/** Where a string that begins at a position ends; strings may hold templates, and these strings again. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') at += 2;
    else if (text.startsWith('$${', at)) at += 3;
    else if (text.startsWith('${', at)) at = endOfExpression(text, at + 2);
    else at += 1;
  }
  return at + 1;
}

/** Where an expression that begins at a position ends, behind its closing brace. */
function endOfExpression(text: string, start: number): number {
  let at = start;
  let depth = 1;
  while (at < text.length) {
    const letter = text[at];
    if (letter === '"') {
      at = endOfString(text, at);
      continue;
    }
    if (letter === '{') depth += 1;
    if (letter === '}') depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  return at;
}

/** Takes a template apart. `$${` is text. */
function parse(text: string): Template {
  const [literals, expressions]: [string[], string[]] = [[], []];
  let [at, from] = [0, 0];
  while (at < text.length) {
    if (text.startsWith('$${', at)) at += 3;
    else if (text.startsWith('${', at)) {
      const end = endOfExpression(text, at + 2);
      literals.push(text.slice(from, at));
      expressions.push(text.slice(at + 2, end - 1));
      [at, from] = [end, end];
    } else at += 1;
  }
  return { literals: [...literals, text.slice(from)], expressions };
}

/** The text of a template, with {@link COMPUTED} for each of its expressions. */
export const literalText = (text: string): string => parse(text).literals.join(COMPUTED);

/** The texts that stand in the expressions of a template: `x` in `${coalesce(var.a, "x")}`. */
export const textsIn = (text: string): readonly string[] =>
  parse(text).expressions.flatMap((expression) => split(expression).texts);

/** An expression's own text without its strings, and the strings. */
function split(expression: string): { readonly code: string; readonly texts: readonly string[] } {
  const texts: string[] = [];
  let code = '';
  let at = 0;
  while (at < expression.length) {
    if (expression[at] === '"') {
      const end = endOfString(expression, at);
      texts.push(expression.slice(at + 1, end - 1));
      code += '""';
      at = end;
    } else {
      code += expression[at];
      at += 1;
    }
  }
  return { code, texts };
}

/** A name with what follows it: attributes, and positions in brackets. A name before a bracket `(` is a function. */
const NAMES = /(?<![\w.\]-])[A-Za-z_][\w-]*(?:\.[\w*-]+|\[[^\]]*\])*(?![\w-]*\s*\()/g;

const traversalsOf = (expression: string): readonly Traversal[] => {
  const { code, texts } = split(expression);
  const own = [...code.matchAll(NAMES)].map(([text]) => ({
    names: text
      .replace(/\[[^\]]*\]/g, '')
      .split('.')
      .filter((name) => !/^(\d+|\*)$/.test(name)),
  }));
  return [...own, ...texts.flatMap(traversalsIn)];
};

/** Everything that a text names in its expressions, in the order of the text. */
export function traversalsIn(text: string): readonly Traversal[] {
  return text.includes('${') ? parse(text).expressions.flatMap(traversalsOf) : [];
}
