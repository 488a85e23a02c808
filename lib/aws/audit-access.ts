import { aws_accessanalyzer as accessanalyzer, RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** A permission that nobody used for so many days is reported. Reports, restores and audits come every quarter. */
export const unusedAccessDays = 90;

/** Finds resources that are open to somebody outside the account, and permissions that nobody uses. */
export class AuditAccess extends Construct {
  public readonly external: accessanalyzer.CfnAnalyzer;
  public readonly unused: accessanalyzer.CfnAnalyzer;

  public constructor(scope: Construct, id: string) {
    super(scope, id);
    this.external = new accessanalyzer.CfnAnalyzer(this, 'External', { type: 'ACCOUNT' });
    this.unused = new accessanalyzer.CfnAnalyzer(this, 'Unused', {
      type: 'ACCOUNT_UNUSED_ACCESS',
      analyzerConfiguration: { unusedAccessConfiguration: { unusedAccessAge: unusedAccessDays } },
    });
    for (const analyzer of [this.external, this.unused]) {
      analyzer.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    }
  }
}
