import { ESLint, type Linter } from 'eslint';
import ts from 'typescript';
import tseslint from 'typescript-eslint';

/**
 * What `npm run typecheck` and the ESLint half of `npm run lint` do, in one process: a linter that knows types asks for the
 * very program that the compiler checks, and the two projects read the same files. Prints what they find in the working
 * directory.
 */
async function main(): Promise<void> {
  const program = whole();
  const found = [...program.diagnostics, ...exact(program.host)];
  const format = process.stderr.isTTY ? ts.formatDiagnosticsWithColorAndContext : ts.formatDiagnostics;
  if (found.length > 0) console.error(format(found, program.host));
  const lint = await linted(program.checked);
  if (lint !== '') console.error(lint);
  if (found.length === 0 && lint === '') process.exitCode = 0;
}

/** The program of everything, its host, which keeps what it has read, and what the compiler says about it. */
interface Whole {
  readonly checked: ts.Program;
  readonly host: ts.CompilerHost;
  readonly diagnostics: readonly ts.Diagnostic[];
}

/** Checks everything. What has not changed since the last time is not checked again. */
function whole(): Whole {
  const { fileNames: rootNames, options } = projectOf('tsconfig.json');
  const host = remembering(ts.createIncrementalCompilerHost(options));
  const builder = ts.createIncrementalProgram({ rootNames, options, host });
  const diagnostics = diagnosticsOf(builder);
  builder.emit();
  return { checked: builder.getProgram(), host, diagnostics };
}

/** Checks the model, platforms and the review more strictly; returns what the compiler says. */
function exact(host: ts.CompilerHost): readonly ts.Diagnostic[] {
  const { fileNames: rootNames, options } = projectOf('tsconfig.exact.json');
  const builder = ts.createIncrementalProgram({ rootNames, options, host });
  const diagnostics = diagnosticsOf(builder);
  builder.emit();
  return diagnostics;
}

function projectOf(file: string): ts.ParsedCommandLine {
  const refuse = (diagnostic: ts.Diagnostic): never => {
    throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
  };
  const project = ts.getParsedCommandLineOfConfigFile(file, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: refuse,
  });
  if (project === undefined) throw new Error(`${file} must be a project of TypeScript, got none`);
  project.errors.forEach(refuse);
  return project;
}

/** A host that parses a file once, for whichever program asks. */
function remembering(host: ts.CompilerHost): ts.CompilerHost {
  const read = host.getSourceFile.bind(host);
  const known = new Map<string, ts.SourceFile | undefined>();
  return {
    ...host,
    getSourceFile: (file, version, ...rest) => {
      const format = typeof version === 'object' ? version.impliedNodeFormat : undefined;
      const key = `${file} ${format ?? ''}`;
      if (!known.has(key)) known.set(key, read(file, version, ...rest));
      return known.get(key);
    },
  };
}

/** What `tsc` prints of a program. */
const diagnosticsOf = (builder: ts.BuilderProgram): readonly ts.Diagnostic[] =>
  ts.sortAndDeduplicateDiagnostics([
    ...builder.getConfigFileParsingDiagnostics(),
    ...builder.getOptionsDiagnostics(),
    ...builder.getSyntacticDiagnostics(),
    ...builder.getGlobalDiagnostics(),
    ...builder.getSemanticDiagnostics(),
  ]);

/** Of typescript-eslint's parser, what is used here. Its own type says less than it is. */
const parser = tseslint.parser as unknown as {
  readonly meta: { readonly name: string; readonly version: string };
  parseForESLint(text: string, options?: Linter.ParserOptions): Linter.ESLintParseResult;
};

/** Lints everything under eslint.config.mjs, with the types of a program. Returns what is found, formatted. */
async function linted(program: ts.Program): Promise<string> {
  const eslint = new ESLint({
    cache: true,
    cacheStrategy: 'content',
    cacheLocation: 'node_modules/.cache/eslint/',
    overrideConfig: {
      languageOptions: {
        parser: {
          meta: { ...parser.meta, name: `${parser.meta.name} with one program` },
          parseForESLint: (text: string, options?: Linter.ParserOptions) =>
            parser.parseForESLint(
              text,
              options?.projectService === true ? { ...options, projectService: false, programs: [program] } : options,
            ),
        },
      },
    },
  });
  const results = await eslint.lintFiles(['.']);
  const formatter = await eslint.loadFormatter('stylish');
  return await formatter.format(results);
}

// Only the end of the last step makes it a success.
process.exitCode = 1;
void main();
