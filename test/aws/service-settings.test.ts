import { graceSeconds, livenessCheck, taskSize } from '../../lib/aws/service-settings';
import { service } from '../../lib/platform/nouns/service';

const spec = (input: object) => service.parse({ scale: { min: 1, max: 2 }, ...input });

describe('taskSize', () => {
  test.each([
    [
      { vcpu: 0.25, memoryGiB: 0.5 },
      { cpu: 256, memoryLimitMiB: 512 },
    ],
    [
      { vcpu: 1, memoryGiB: 2 },
      { cpu: 1024, memoryLimitMiB: 2048 },
    ],
    [
      { vcpu: 16, memoryGiB: 120 },
      { cpu: 16_384, memoryLimitMiB: 122_880 },
    ],
  ])('%j is %j', (capacity, size) => {
    expect(taskSize(capacity)).toEqual(size);
  });
});

describe('livenessCheck', () => {
  test.each([
    [{}, ['CMD', 'wget', '-q', '-T', '3', '-O', '/dev/null', 'http://127.0.0.1:8080/health/live']],
    [
      { port: 9000, health: { livePath: '/alive' } },
      ['CMD', 'wget', '-q', '-T', '3', '-O', '/dev/null', 'http://127.0.0.1:9000/alive'],
    ],
    [{ protocol: 'grpc' }, ['CMD', '/bin/grpc_health_probe', '-addr=127.0.0.1:8080', '-service=live']],
  ])('of %j asks without a shell', (input, command) => {
    expect(livenessCheck(spec(input)).command).toEqual(command);
  });

  test('gives up after three answers that do not come, and not while the process starts', () => {
    const check = livenessCheck(spec({ health: { startSeconds: 90 } }));
    expect(check.retries).toBe(3);
    expect(check.interval?.toSeconds()).toBe(10);
    expect(check.timeout?.toSeconds()).toBe(5);
    expect(check.startPeriod?.toSeconds()).toBe(90);
  });
});

describe('graceSeconds', () => {
  test.each([
    [5, 10, 35],
    [60, 10, 90],
    [300, 10, 330],
    [20, 5, 35],
  ])('a start of %d s, asked every %d s, is judged after %d s', (startSeconds, readyEverySeconds, seconds) => {
    expect(graceSeconds({ startSeconds, readyEverySeconds })).toBe(seconds);
  });
});
