import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(__dirname, '../..');

/** A compile error: where the squiggle is, and what it says. */
export interface CompileError {
  readonly at: string;
  readonly message: string;
}

/** Compiles source texts under the repository's own options, all in one program: the errors of each, by name. */
export function compile(sources: Readonly<Record<string, string>>): ReadonlyMap<string, readonly CompileError[]> {
  const { config } = ts.readConfigFile(path.join(root, 'lib/platform/tsconfig.json'), (file) =>
    ts.sys.readFile(file),
  ) as {
    readonly config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, path.join(root, 'lib/platform'));
  const compilerOptions: ts.CompilerOptions = options;
  const files = new Map(
    Object.entries(sources).map(([name, text]) => [path.join(root, 'platforms', `${name}.virtual.ts`), { name, text }]),
  );
  const host = ts.createCompilerHost(compilerOptions);
  const program = ts.createProgram([...files.keys()], compilerOptions, {
    ...host,
    fileExists: (file) => files.has(file) || host.fileExists(file),
    readFile: (file) => files.get(file)?.text ?? host.readFile(file),
    getSourceFile: (file, languageVersion) => {
      const virtual = files.get(file);
      return virtual === undefined
        ? host.getSourceFile(file, languageVersion)
        : ts.createSourceFile(file, virtual.text, languageVersion);
    },
  });
  return new Map(
    [...files].map(([file, { name, text }]) => [
      name,
      ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ start = 0, length = 0, messageText }) => ({
        at: text.slice(start, start + length),
        message: ts.flattenDiagnosticMessageText(messageText, '\n'),
      })),
    ]),
  );
}
