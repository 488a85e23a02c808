import { X509Certificate } from 'node:crypto';
import roots from '../../lib/platform/rds-roots.json';
import { rdsRoot } from '../../lib/platform/rds-roots';
import { regionNames } from '../../lib/platform/regions';

describe('rdsRoot', () => {
  test.each(Object.keys(roots))('of %s signs itself, for that region, and for decades', (region) => {
    const certificate = new X509Certificate(rdsRoot(region));
    expect(certificate.subject).toContain(`CN=Amazon RDS ${region} Root CA RSA2048 G1`);
    expect(certificate.issuer).toBe(certificate.subject);
    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(new Date(certificate.validTo).getUTCFullYear()).toBeGreaterThanOrEqual(2061);
  });

  test('is kept for every region that a platform may name', () => {
    expect(Object.keys(roots)).toEqual(expect.arrayContaining([...regionNames('aws')]));
  });

  test('fails when the root of a region is not kept', () => {
    expect(() => rdsRoot('mars-north-1')).toThrow(
      /stage\.sites\.primary\.region must be a region whose root certificate is kept here/,
    );
  });
});
