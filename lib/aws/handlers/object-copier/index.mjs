// @ts-check
/* global console, process -- Lambda runs this as it is, on Node.js. */
// @ts-expect-error The runtime of Lambda carries the SDK; nothing here installs it.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { S3 } from '@aws-sdk/client-s3';
// @ts-expect-error The same.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { SQS } from '@aws-sdk/client-sqs';
// @ts-expect-error The same.
// eslint-disable-next-line mainstay/import-direction -- The same.
import { STS } from '@aws-sdk/client-sts';
import { createContainer } from './container.mjs';
import { createHandler, leadsBy } from './handler.mjs';
import { createTokens } from './tokens.mjs';

// eslint-disable-next-line no-restricted-globals -- A function is told by its environment.
const { env } = process;
const {
  CLIENT_ID: client = '',
  COPIES = '[]',
  LATCH = '',
  QUEUE_URL: queueUrl = '',
  SITE = '',
  TENANT_ID: tenant = '',
} = env;
// eslint-disable-next-line mainstay/restricted-syntax -- It runs, and is no synth.
const now = () => Date.now();

const token = createTokens({ sts: new STS({}), tenant, client, now });

export const handler = createHandler({
  copies: JSON.parse(COPIES),
  s3: new S3({}),
  containerOf: (url) => createContainer({ url, token }),
  sqs: new SQS({}),
  queueUrl,
  now,
  leads: () => leadsBy(LATCH, SITE),
  // eslint-disable-next-line no-console -- What a function prints is its log.
  log: (line) => console.log(JSON.stringify(line)),
});
