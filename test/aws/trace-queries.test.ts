import { TraceQueries, traceQuery } from '../../lib/aws/trace-queries';
import { findings, templateOf, testStack } from '../support/aws';

interface Query {
  readonly Name: string;
  readonly QueryString: string;
  readonly LogGroupNames: readonly string[];
  readonly Parameters: readonly { readonly Name: string; readonly Description: string }[];
}

function made(count: number) {
  const stack = testStack();
  const logGroupNames = Array.from({ length: count }, (_, index) => `/shop/${index}`);
  const subject = new TraceQueries(stack, 'Queries', { prefix: 'shop-production', logGroupNames });
  const found = Object.values(templateOf(stack).findResources('AWS::Logs::QueryDefinition'));
  return { subject, logGroupNames, queries: found.map(({ Properties }) => Properties as Query) };
}

describe('TraceQueries', () => {
  const { logGroupNames, queries, subject } = made(7);

  test('asks for a correlation id, and finds it in every log group, in order of time', () => {
    const [query, ...others] = queries;
    expect(others).toEqual([]);
    expect(query).toEqual({
      Name: 'shop-production/Trace a request',
      LogGroupNames: logGroupNames,
      QueryString: traceQuery,
      Parameters: [{ Name: 'correlationId', Description: expect.stringContaining('X-Correlation-Id') }],
    });
    expect(traceQuery.split('\n| ')).toEqual([
      'fields @timestamp, @log, @message',
      'filter @message like "{{correlationId}}"',
      'sort @timestamp asc',
      'limit 1000',
    ]);
  });

  test('is several queries for more log groups than one may read, and leaves none out', () => {
    const { logGroupNames: all, queries: parts } = made(120);
    expect(parts.map(({ LogGroupNames }) => LogGroupNames.length)).toEqual([50, 50, 20]);
    expect(parts.flatMap(({ LogGroupNames }) => LogGroupNames)).toEqual(all);
    expect(parts.map(({ Name }) => Name)).toEqual(
      [1, 2, 3].map((part) => `shop-production/Trace a request, ${part} of 3`),
    );
  });

  test('is none where nothing is logged', () => {
    expect(made(0).queries).toEqual([]);
  });

  test('has no finding that nobody answered', () => {
    expect(findings(subject)).toEqual([]);
  });
});
