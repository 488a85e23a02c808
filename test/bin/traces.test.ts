import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeTraces } from '../../bin/traces';

const directory = mkdtempSync(join(tmpdir(), 'mainstay-traces-'));

describe('removeTraces', () => {
  test('takes traces out of the metadata and the report, and nothing else out of any file', () => {
    const entry = { type: 'aws:cdk:logicalId', data: 'Queue' };
    const violation = { ruleName: 'F3012', violatingConstructs: [{ constructPath: 'stage/Stack/Queue' }] };
    const files: Record<string, { before: unknown; after: unknown }> = {
      'assembly/Stack.metadata.json': {
        before: { '/stage/Stack/Queue': [{ ...entry, trace: ['new Queue (/home/me/queue.ts:1:1)'] }] },
        after: { '/stage/Stack/Queue': [entry] },
      },
      'validation-report.json': {
        before: {
          violations: [
            { ...violation, violatingConstructs: [{ ...violation.violatingConstructs[0], stackTraces: ['/home/me'] }] },
          ],
          suppressedViolations: [{ ...violation, acknowledgedStackTrace: '/home/me' }],
        },
        after: { violations: [violation], suppressedViolations: [violation] },
      },
      'assembly/Stack.template.json': { before: { trace: 'kept' }, after: { trace: 'kept' } },
    };
    mkdirSync(join(directory, 'assembly'));
    for (const [file, { before }] of Object.entries(files))
      writeFileSync(join(directory, file), JSON.stringify(before));
    removeTraces(directory);
    for (const [file, { after }] of Object.entries(files)) {
      expect(JSON.parse(readFileSync(join(directory, file), 'utf8'))).toEqual(after);
    }
  });
});
