import type { AppError, ErrorCode } from '../../preload/contract/index.ts';
import type { TillConfig } from '../hosts/index.ts';

/** The result of a provisioning file, one line of JSON. */
export interface ProvisionReport {
  readonly provisioning: 'imported' | 'imported-before' | 'would-import' | 'refused';
  readonly till: Pick<TillConfig, 'host' | 'tillName' | 'tillNumber' | 'tillCount'> | null;
  readonly problem: AppError | null;
  /** The key and PIN were removed from the file; null where there were none. */
  readonly wiped: boolean | null;
  /** Worth a look, but nothing failed. */
  readonly warnings: readonly string[];
}

/** Exit codes of `--provision` with `--dry-run` or `--no-window` (docs/operators.md). 2 is a wrong command line. */
export const provisionExit = {
  done: 0,
  other: 1,
  file: 10,
  account: 11,
  keyring: 12,
  data: 13,
  user: 14,
  running: 15,
} as const;

const ends: readonly (readonly [RegExp, number])[] = [
  [/^(provisioning-invalid|invalid-request|host-invalid|host-insecure)$/, provisionExit.file],
  [/^(other-account|check-up-open|shift-open-for-change|entries-open-for-change)$/, provisionExit.account],
  [/^(keyring-.*|key-lost)$/, provisionExit.keyring],
  [/^(database-.*|file-held|disk-full|data-missing|till-not-opened)$/, provisionExit.data],
  [/^other-user$/, provisionExit.user],
  [/^second-copy$/, provisionExit.running],
];

const exitOf = (code: ErrorCode): number =>
  ends.find(([codes]) => codes.test(code))?.[1] ?? provisionExit.other;

export const exitOfReport = ({ problem }: ProvisionReport): number =>
  problem === null ? provisionExit.done : exitOf(problem.code);

export const shownTill = ({
  host,
  tillName,
  tillNumber,
  tillCount,
}: TillConfig): ProvisionReport['till'] => ({
  host,
  tillName,
  tillNumber,
  tillCount,
});
