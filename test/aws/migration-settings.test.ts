import { migrationMinutes, platformEnvironment, refuseTooLarge } from '../../lib/aws/migration-settings';
import { rdsRoot } from '../../lib/platform/rds-roots';
import { region } from '../support/aws';
import { production } from '../support/migration';

describe('settings', () => {
  test.each([
    ['order', 10],
    ['gateway', 10],
  ])('a migration of %s may take %s minutes', (service, minutes) => {
    expect(migrationMinutes(production, service)).toBe(minutes);
  });

  test('of RetailFlow fit into task definitions', () => {
    for (const service of Object.keys(production.services)) {
      const input = {
        platform: production,
        database: 'store',
        service,
        host: 'h'.repeat(80),
        user: 'mainstay',
        root: rdsRoot(region),
      };
      expect(() => refuseTooLarge(service, [platformEnvironment(input)])).not.toThrow();
    }
  });

  test('fails when the SQL is larger than a task definition carries', () => {
    expect(() => refuseTooLarge('order', [{ DATABASE_SQL: 'x'.repeat(50_000) }])).toThrow(
      /services\.order must be at most 49152 bytes of SQL for all its databases, which a task definition carries, got "50021 bytes of SQL"/,
    );
  });
});
