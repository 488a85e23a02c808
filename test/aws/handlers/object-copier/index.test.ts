import { moduleLoader } from '../../../support/load-module';
import { Copier, folder } from './copier';

interface Module {
  readonly handler: (event: object, context: object) => Promise<object>;
}

test('the function is what its environment says, with the clients that the runtime carries', async () => {
  const copier = await Copier.start();
  const before = { ...process.env };
  try {
    Object.assign(process.env, {
      COPIES: JSON.stringify([{ bucket: 'uploads', container: copier.server.url, removes: true }]),
      LATCH: '',
      QUEUE_URL: 'https://queue',
      SITE: 'primary',
    });
    const sent: object[] = [];
    class Sqs {
      public sendMessageBatch = (input: object): Promise<object> => {
        sent.push(input);
        return Promise.resolve({});
      };
    }
    const { handler } = moduleLoader({
      '@aws-sdk/client-s3': { S3: class {} },
      '@aws-sdk/client-sqs': { SQS: Sqs },
      '@aws-sdk/client-sts': { STS: class {} },
    })(`${folder}/index.mjs`) as Module;
    const record = { messageId: 'm1', receiptHandle: 'r1', body: '{"reconcile":{}}', attributes: {} };
    expect(await handler({ Records: [record] }, {})).toEqual({ batchItemFailures: [] });
    expect(sent).toEqual([
      { QueueUrl: 'https://queue', Entries: [{ Id: '0', MessageBody: '{"reconcile":{"bucket":"uploads"}}' }] },
    ]);
  } finally {
    process.env = before;
    await copier.server.stop();
  }
});
