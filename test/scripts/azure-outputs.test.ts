import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callScript, type Called } from '../support/call-script';

const directory = mkdtempSync(join(tmpdir(), 'mainstay-outputs-'));
const to = join(directory, 'production.json');

const ids = { client_id: '11111111-0000-4000-8000-000000000000', principal_id: '22222222-0000-4000-8000-000000000000' };
const told = (value: object) => ({ EgressAddresses: { value: [] }, workload_identities: { value } });

function run(...terraform: readonly object[]): Called {
  const from = terraform.flatMap((each, index) => {
    const file = join(directory, `terraform-${index}.json`);
    writeFileSync(file, JSON.stringify(each));
    return ['--from', file];
  });
  return callScript('azure-outputs', [...from, '--to', to]);
}

describe('scripts/azure-outputs.ts', () => {
  test('writes down the identities of a stage, sorted', () => {
    expect(run(told({ order: ids, gateway: ids }))).toEqual({ status: 0, stdout: `${to}: 2 identities\n`, stderr: '' });
    const identity = { clientId: ids.client_id, principalId: ids.principal_id };
    expect(readFileSync(to, 'utf8')).toBe(
      `${JSON.stringify({ identities: { gateway: identity, order: identity } }, null, 2)}\n`,
    );
  });

  test('writes down where figures and traces go, once the cluster was applied', () => {
    const insights = `InstrumentationKey=${ids.client_id};IngestionEndpoint=https://eastasia-0.in.applicationinsights.azure.com/;ApplicationId=${ids.principal_id}`;
    const metricsUrl =
      'https://dce-x.eastasia-1.metrics.ingest.monitor.azure.com/dataCollectionRules/dcr-1/streams/a/api/v1/write?api-version=2023-04-24';
    const cluster = { metrics_url: { value: metricsUrl } };
    expect(run({ ...told({}), insights: { value: insights } }, cluster).status).toBe(0);
    expect(JSON.parse(readFileSync(to, 'utf8'))).toEqual({ identities: {}, insights, metricsUrl });
  });

  test('writes down where names lead after a failover, once the edge was applied', () => {
    const edge = { EndpointHost: { value: 'shop-x.z01.azurefd.net' }, PublicAddress: { value: '20.212.0.7' } };
    expect(run(told({}), {}, edge).status).toBe(0);
    expect(JSON.parse(readFileSync(to, 'utf8'))).toEqual({
      identities: {},
      edge: { host: 'shop-x.z01.azurefd.net', address: '20.212.0.7' },
    });
    expect(run(told({}), { ...edge, PublicAddress: { value: 'shop.example.com' } }).stderr).toContain('edge.address');
  });

  test('writes down what watches a second site on Azure by itself', () => {
    const metrics = (region: string) => ({
      metrics_url: {
        value: `https://dce-x.${region}.metrics.ingest.monitor.azure.com/dataCollectionRules/dcr-1/streams/a/api/v1/write`,
      },
    });
    const [first, second] = ['foundation', 'recovery'].map((name) => join(directory, `${name}.json`));
    writeFileSync(first ?? '', JSON.stringify({ ...told({ user: ids }), ...metrics('westeurope-1') }));
    writeFileSync(second ?? '', JSON.stringify(metrics('northeurope-1')));
    const args = ['--platform', 'techflow', '--from', first ?? '', '--recovery-from', second ?? '', '--to', to];
    expect(callScript('azure-outputs', args)).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(readFileSync(to, 'utf8'))).toEqual({
      identities: { user: { clientId: ids.client_id, principalId: ids.principal_id } },
      metricsUrl: metrics('westeurope-1').metrics_url.value,
      recovery: { metricsUrl: metrics('northeurope-1').metrics_url.value },
    });
  });

  test.each([
    ['where traces go is told as something else', { ...told({}), insights: { value: 'secret' } }, 'insights'],
    ['the foundation was not applied', {}, 'workload_identities must be among the outputs of the foundation, got none'],
    ['an identity is of no workload', told({ oder: ids }), 'identities.oder'],
    ['an id is none', told({ order: { ...ids, client_id: 'order' } }), 'identities.order.clientId'],
  ])('fails when %s', (_title, terraform, message) => {
    const { status, stderr, stdout } = run(terraform);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });
});
