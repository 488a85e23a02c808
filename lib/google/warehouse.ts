import { BigqueryDataset, type BigqueryDatasetAccess } from '@cdktf/provider-google/lib/bigquery-dataset';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { ServiceAccountIamMember } from '@cdktf/provider-google/lib/service-account-iam-member';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { sqlWord, warehouseWriter } from '../platform/google';
import { pascalCase } from '../platform/ids';
import type { Warehouse as Model } from '../platform/nouns/warehouse';
import { keep } from './keep';
import { labelled, pubsubAgent, type Shared } from './place';
import { Stream } from './stream';

export interface WarehouseProps extends Shared {
  /** Name of the part. */
  readonly name: string;
  readonly spec: Model;
  /** Services that write events, as Google names them, by name. */
  readonly feeders: Readonly<Record<string, string>>;
  /** Services that ask its tables, as Google names them, by name. */
  readonly readers: Readonly<Record<string, string>>;
  /** What must be there before anything is encrypted. */
  readonly before: readonly ITerraformDependable[];
}

/** What was changed or deleted can be had back for this long, in hours: BigQuery's longest, a week. */
const timeTravelHours = 168;

/**
 * Who reads of a dataset. It is said in full, since BigQuery lets everybody who may look at the project read a dataset that says
 * nothing: https://cloud.google.com/bigquery/docs/dataset-access-controls
 */
const accessOf = (readers: readonly string[]): BigqueryDatasetAccess[] => [
  { role: 'OWNER', specialGroup: 'projectOwners' },
  ...readers.map((iamMember) => ({ role: 'READER', iamMember })),
];

/** A dataset whose tables are filled by topics. Owners of the project aside, whoever is not named neither writes to it nor reads of it. */
export class Warehouse extends Construct {
  public readonly dataset: BigqueryDataset;
  /** By table. */
  public readonly streams: Readonly<Record<string, Stream>>;

  public constructor(scope: Construct, id: string, props: WarehouseProps) {
    super(scope, id);
    const { before, key, name, place, readers, spec } = props;
    const { location, project } = place;
    this.dataset = new BigqueryDataset(this, 'Dataset', {
      project,
      location,
      datasetId: sqlWord(name),
      description: `Events of warehouse ${name}`,
      labels: labelled(place, spec.dataClass),
      access: accessOf(Object.values(readers)),
      defaultEncryptionConfiguration: { kmsKeyName: key.id },
      maxTimeTravelHours: String(timeTravelHours),
      deleteContentsOnDestroy: false,
      dependsOn: [...before],
    });
    keep(this.dataset);
    const writer = new ServiceAccount(this, 'Writer', {
      project,
      accountId: warehouseWriter(name),
      displayName: `Writes events into warehouse ${name}`,
    });
    const acts = new ServiceAccountIamMember(this, 'DeliveryActsAsWriter', {
      serviceAccountId: writer.name,
      role: 'roles/iam.serviceAccountTokenCreator',
      member: pubsubAgent(place),
    });
    this.streams = Object.fromEntries(
      Object.entries(spec.tables).map(([table, tableSpec]) => [
        table,
        new Stream(this, `${pascalCase(table)}Stream`, {
          ...props,
          warehouse: name,
          name: table,
          table: tableSpec,
          dataset: this.dataset,
          writer,
          before: [...before, acts],
        }),
      ]),
    );
  }
}
