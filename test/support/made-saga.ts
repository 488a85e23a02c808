import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Workflow } from '../../lib/aws/workflow';
import { surroundings, testStack } from './aws';
import { saga } from './played-saga';

/** RetailFlow's saga of an order in a stack of its own, with something of it changed. */
export function made(overrides: Partial<typeof saga> = {}) {
  const stack = testStack();
  const { key, alarms } = surroundings(stack);
  const notifications = new sqs.Queue(stack, 'Notifications', { encryptionMasterKey: key });
  const subject = new Workflow(stack, 'OrderSaga', {
    name: 'order-saga',
    spec: { ...saga, ...overrides },
    notifications,
    key,
    logsKey: key,
    alarms,
    logDays: 365,
    dataClass: 'restricted',
  });
  return { stack, key, notifications, subject };
}
