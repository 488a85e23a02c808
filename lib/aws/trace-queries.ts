import { aws_logs as logs } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { correlationHeader } from '../platform/gateway/correlation';
import { chunks } from './chunks';

export interface TraceQueriesProps {
  /** What names of the stage begin with; the folder in which people find the queries. */
  readonly prefix: string;
  /** Names of the log groups of everything that a request passes. */
  readonly logGroupNames: readonly string[];
}

/** A query reads at most so many log groups. Source: CloudWatch Logs user guide, "CloudWatch Logs quotas", 2026. */
const groupsAtMost = 50;

/** Finds what every service wrote about one request, in order. */
export const traceQuery = [
  'fields @timestamp, @log, @message',
  'filter @message like "{{correlationId}}"',
  'sort @timestamp asc',
  'limit 1000',
].join('\n| ');

/**
 * The saved query "Trace a request": asks for a correlation id, which the gateway gives to every request and every service
 * writes with every line. More log groups than one query may read are spread over several.
 */
export class TraceQueries extends Construct {
  public readonly queries: readonly logs.CfnQueryDefinition[];

  public constructor(scope: Construct, id: string, props: TraceQueriesProps) {
    super(scope, id);
    const parts = chunks(props.logGroupNames, groupsAtMost);
    this.queries = parts.map(
      (logGroupNames, index) =>
        new logs.CfnQueryDefinition(this, index === 0 ? 'Trace' : `Trace${index + 1}`, {
          name: `${props.prefix}/Trace a request${parts.length > 1 ? `, ${index + 1} of ${parts.length}` : ''}`,
          logGroupNames: [...logGroupNames],
          queryString: traceQuery,
          parameters: [
            {
              name: 'correlationId',
              description: `The id that the gateway gave to the request; the answer has it in ${correlationHeader}.`,
            },
          ],
        }),
    );
  }
}
