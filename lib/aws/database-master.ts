import { aws_ecs as ecs, aws_secretsmanager as secretsmanager } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { masterUser } from './database-settings';
import { grantSecrets } from './grants';

export interface DatabaseMasterProps {
  /** Login of the administrator, with a field `password`. */
  readonly secret: secretsmanager.ISecret;
  /** Encrypts it. */
  readonly key: kms.IKey;
}

/** The administrator of a database, as whoever is granted it may log in. */
export class DatabaseMaster extends Construct {
  public readonly user = masterUser;
  /** For a container; the execution role needs {@link grant}. */
  public readonly password: ecs.Secret;
  /** Of the login, for whoever must be told of it. */
  public readonly secretArn: string;
  private readonly key: kms.IKey;

  public constructor(scope: Construct, id: string, props: DatabaseMasterProps) {
    super(scope, id);
    this.key = props.key;
    this.secretArn = props.secret.secretArn;
    // ECS grants itself access to what it injects; a handle keeps that out of the policies of secret and key.
    const handle = secretsmanager.Secret.fromSecretCompleteArn(this, 'Handle', this.secretArn);
    this.password = ecs.Secret.fromSecretsManager(handle, 'password');
  }

  /** Lets ECS inject the password, by the grantee's own policy. */
  public grant(grantee: iam.IGrantable): void {
    grantSecrets(grantee, this.key, [this.secretArn]);
  }
}
