import { z } from 'zod';
import { archiveDays } from './scope';

/**
 * Who runs a service that watches the whole account: `own`, this stage; `organization`, the one that the account belongs
 * to, which has turned it on for all its accounts. Most of them exist once an account, so two owners cannot stand beside
 * each other: the deployment of the second fails.
 */
const owner = z.enum(['own', 'organization']).default('own');

/** A standard of which the account is judged rule by rule, for auditors. */
const conformance = z.enum(['pci-dss', 'soc-2']);
export type Conformance = z.output<typeof conformance>;

/** What watches the account of a stage, and keeps what it saw. */
export const audit = z.strictObject({
  /** Record of every call to the cloud's own interface, and alarms on the calls that nobody should make. */
  trail: owner,
  /**
   * Which requests for objects the trail records as well, log buckets apart. `writes`: changes and deletions. `all`: reads
   * too, which can cost more than the storage. `none`: only changes of the buckets themselves.
   */
  objectEvents: z.enum(['none', 'writes', 'all']).default('writes'),
  /** History of how every resource was configured. */
  config: owner,
  /**
   * Standards by whose rules the account is judged all the time, for auditors to read. `pci-dss`: on AWS one of those that `findings`
   * checks with or without this; on Azure a built-in initiative of Azure Policy. `soc-2`, on AWS alone, from what `config` records: the
   * Trust Services Criteria, as far as infrastructure has part in them.
   */
  conformance: z.array(conformance).readonly().default([]),
  /** Search for attackers in the account's traffic, calls, logins and containers. */
  threatDetection: owner,
  /** One list of what every such service found, and continuous checks against security standards. */
  findings: owner,
  /** Search for resources that are open to the outside, and for permissions that nobody uses. */
  accessAnalyzer: owner,
  /** Search for known vulnerabilities in images, for as long as they are kept. */
  vulnerabilityScanning: owner,
  /** Search for spending that does not look like the weeks before. */
  costAnomalies: owner,
  /**
   * A copy of what PostgreSQL logs, `pgaudit` among it, which nobody can change or remove for `archiveDays`. Databases of a scope
   * are in the archive of the scope, with or without this. Only with a site on AWS. @default - the logs themselves alone, for `logDays`
   */
  databaseLogs: z.strictObject({ archiveDays }).optional(),
  /** Records and history are kept this long, in days. PCI DSS 10.5.1 asks for a year. */
  retentionDays: z.int().min(90).max(3650).default(365),
});
export type Audit = z.output<typeof audit>;
export type AuditOwner = Audit['trail'];
