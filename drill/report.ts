import type { Finding } from './drill';

const seconds = (value: number): string => `${value.toFixed(1)} s`;

/** One finding, in a line as it is found. */
export const rowsOf = ({
  acknowledged,
  fault,
  fence,
  lost,
  lostLater,
  pointSeconds,
  recoverySeconds,
  way,
}: Finding): readonly string[] => [
  `${fault} (${way}): back after ${seconds(recoverySeconds)}, fence ${fence}, ` +
    `${lost} of ${acknowledged} acknowledged writes lost${lost === 0 ? '' : `, the oldest ${seconds(pointSeconds)} before`}` +
    `${lostLater === 0 ? '' : `, and ${lostLater} that the cut-off site took afterwards`}`,
];

/** All findings, as a table in Markdown. */
export function tableOf(findings: readonly Finding[]): string {
  const head = [
    'fault',
    'fence',
    'back here',
    'back on the platform',
    'recovery point',
    'acknowledged',
    'lost',
    'lost afterwards',
  ];
  const rows = findings.map((finding) => [
    finding.way === 'primary to recovery' ? finding.fault : `${finding.fault} (back)`,
    finding.fence,
    seconds(finding.recoverySeconds),
    seconds(finding.platformRecoverySeconds),
    seconds(finding.pointSeconds),
    String(finding.acknowledged),
    String(finding.lost),
    String(finding.lostLater),
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
