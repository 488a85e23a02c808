import { createRequire } from 'node:module';

// The CloudFormation validator costs two seconds in every test file that synthesizes, so it runs where whole platforms
// are synthesized by the command line. The variable outranks the App's own property: a test that needs the validator
// deletes it.
process.env.CDK_VALIDATION = 'false';

// Whatever asks for a temporary directory gets one that goes when the run ends.
process.env.TMPDIR = process.env.MAINSTAY_TEST_DIRECTORY;

// cdktf notes where each value was made, which nobody reads here: made legible, it is a quarter of what its tests cost.
Object.assign(createRequire(__filename)('cdktf/lib/tokens/private/stack-trace') as object, {
  captureStackTrace: () => [],
});
