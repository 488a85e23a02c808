import retailflow from '../../../platforms/retailflow';
import { testFaults, testVariations } from '../../support/faults';
import { resolved } from '../../support/platform';

const feed = (patch: unknown) => ({ functions: { 'feed-archive': patch } });

describe('functions', () => {
  testFaults([
    {
      when: 'a function is to stand on AWS',
      patch: feed({ on: ['primary', 'recovery'] }),
      answers: [
        {
          path: 'functions.feed-archive.on',
          got: ['primary', 'recovery'],
          allowed: 'without primary, which is on aws: functions stand on azure alone',
          remedy: 'place it on the site on azure, or declare services.feed-archive',
        },
      ],
    },
    {
      when: 'a schedule is not one',
      patch: feed({ schedule: '30 25 * * *' }),
      answers: [
        {
          path: 'functions.feed-archive.schedule',
          got: '30 25 * * *',
          allowed: 'with a hour of *, numbers from 0 to 23',
          remedy: '0 2 * * *',
        },
      ],
    },
    {
      when: 'nothing starts a function',
      patch: feed({ schedule: null }),
      answers: [
        {
          path: 'functions.feed-archive',
          got: { receives: [] },
          allowed: 'started by a schedule or by messages',
          remedy: 'add a schedule, or a queue',
        },
      ],
    },
    {
      when: 'a function has the name of a service',
      patch: { functions: { order: { runtime: { language: 'node' }, schedule: '0 2 * * *' } } },
      answers: [
        {
          path: 'functions.order',
          got: 'order',
          allowed: 'different from services.order in more than hyphens',
          remedy: 'rename one',
        },
      ],
    },
    {
      when: 'a function copies from a service whose database it does not use',
      patch: feed({ uses: { databases: [] } }),
      answers: ['catalog', 'order'].map((got) => ({
        path: 'functions.feed-archive.copiesFrom',
        got,
        allowed: 'a service that uses one of functions.feed-archive.uses.databases',
        remedy: 'add one of store to functions.feed-archive.uses.databases',
      })),
    },
    {
      when: 'two things that a function receives have the same variable',
      patch: {
        databases: { 'store-reader': { engine: 'postgres', capacity: { vcpu: 2, memoryGiB: 16 } } },
        functions: { 'feed-archive': { uses: { databases: ['store', 'store-reader'] } } },
      },
      answers: [
        {
          path: 'functions.feed-archive.uses',
          got: 'DATABASE_STORE_READER_HOST',
          allowed: 'a variable that one thing alone gives',
          remedy: 'rename one of the parts',
        },
      ],
    },
    {
      when: 'functions may have more instances than their subnet has addresses',
      patch: feed({ maxInstances: 50 }),
      answers: [
        {
          path: 'functions',
          got: '60 instances in all',
          allowed: 'at most 59 on azure, whose subnet of functions has so many addresses',
          remedy: 'lower maxInstances of some',
        },
      ],
    },
    {
      when: 'a runtime has a version that Azure does not offer',
      patch: feed({ runtime: { version: '18' } }),
      answers: [
        {
          path: 'functions.feed-archive.runtime.version',
          got: '18',
          allowed: 'one of 20, 22',
          remedy: 'choose one of them',
        },
      ],
    },
    {
      when: 'an instance has a memory that Azure does not offer',
      patch: feed({ memoryMiB: 1024 }),
      answers: [
        {
          path: 'functions.feed-archive.memoryMiB',
          got: 1024,
          allowed: 'one of 512, 2048, 4096',
          remedy: 'choose one of them',
        },
      ],
    },
  ]);

  testVariations([
    {
      accepts: 'a function that messages start',
      patch: feed({ schedule: null, uses: { receives: ['notifications'] } }),
    },
    { accepts: 'a function in a stage without a site on Azure', stage: 'development', patch: {} },
    {
      accepts: 'a name that begins like a service',
      patch: { functions: { 'order-copy': { runtime: { language: 'python' }, schedule: '0 2 * * *' } } },
    },
  ]);

  test('have what they do not say filled in', () => {
    expect(resolved(retailflow).functions['feed-archive']).toMatchObject({
      runtime: { language: 'node', version: '22' },
      memoryMiB: 2048,
      maxInstances: 10,
      on: ['recovery'],
    });
  });
});
