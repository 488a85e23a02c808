// The CloudFormation validator costs two seconds in every test file that synthesizes, so it runs where whole platforms
// are synthesized by the command line. The variable outranks the App's own property: a test that needs the validator
// deletes it.
process.env.CDK_VALIDATION = 'false';

// Whatever asks for a temporary directory gets one that goes when the run ends.
process.env.TMPDIR = process.env.MAINSTAY_TEST_DIRECTORY;
