import { hasLedgers, ledgersOn } from '../../lib/platform/ledgers';
import { identityWords } from '../../lib/platform/outputs';
import { sqlServerContents } from '../../lib/platform/sql/sql-server';
import retailflowAzure from '../../platforms/retailflow-azure';
import { resolved, retailflowWith } from '../support/platform';

const azure = resolved(retailflowAzure);
const postgres = resolved(retailflowWith({}));
const contents = (database: string) => sqlServerContents(azure, 'primary', database, (word) => `id of ${word}`);

describe('ledgers', () => {
  test('are in databases of SQL Server that have an event store', () => {
    expect([ledgersOn(azure, 'primary'), hasLedgers(azure)]).toEqual([['order'], true]);
  });

  test('are none in PostgreSQL', () => {
    expect([ledgersOn(postgres, 'primary'), ledgersOn(postgres, 'recovery'), hasLedgers(postgres)]).toEqual([
      [],
      [],
      false,
    ]);
  });

  test.each(['ledger-digests', 'ledger-verification'])('have an identity %s, where there are some', (word) => {
    expect(identityWords(azure)).toContain(word);
    expect(identityWords(postgres)).not.toContain(word);
  });

  test('are verified by another user, who may do nothing else', () => {
    const sql = contents('order');
    expect(sql).toContain("CAST(CAST('id of ledger-verification' AS uniqueidentifier)");
    expect(sql.split('\n').filter((line) => line.includes('TO [mainstay_verification]'))).toEqual([
      'GRANT VIEW LEDGER CONTENT TO [mainstay_verification];',
    ]);
    expect(sql).not.toMatch(/MEMBER \[mainstay_verification\]/);
    expect(contents('customer')).not.toContain('mainstay_verification');
  });

  test('are digested by a user who may do nothing else', () => {
    const sql = contents('order');
    expect(sql).toContain("CAST(CAST('id of ledger-digests' AS uniqueidentifier)");
    expect(sql.split('\n').filter((line) => line.includes('TO [mainstay_digests]'))).toEqual([
      'GRANT GENERATE LEDGER DIGEST TO [mainstay_digests];',
    ]);
    expect(sql).not.toMatch(/MEMBER \[mainstay_digests\]/);
    expect(contents('customer')).not.toContain('mainstay_digests');
  });
});
