declare module 'jest-light-runner' {
  /** What of the runner is used here. */
  class Runner {
    protected readonly _testRunners: Map<object, unknown>;
    protected _runTest(test: { readonly path: string }): Promise<unknown>;
  }
  export function createRunner(options: { readonly runtime: 'child_process' | 'worker_threads' }): typeof Runner;
}
