import type { AppError, ErrorCode } from '../../preload/contract/index.ts';
import type { TillConfig } from '../hosts/index.ts';

/** What came of a provisioning file, as a line of JSON for whoever installs many computers. */
export interface ProvisionReport {
  readonly provisioning: 'imported' | 'imported-before' | 'would-import' | 'refused';
  readonly till:
    | (Pick<TillConfig, 'host' | 'tillName' | 'tillNumber' | 'tillCount' | 'pace'> & {
        /** The last day of a closed installation; absent where none is given, or it does not count. */
        readonly closedInstallationUntil?: string;
      })
    | null;
  readonly problem: AppError | null;
  /** The key and the PIN were taken out of the file; null where nothing was to be taken out. */
  readonly wiped: boolean | null;
  /** What holds nothing up and should be looked at. */
  readonly warnings: readonly string[];
}

/** How `--provision` ends with `--dry-run` or `--no-window`; docs/operators.md tells of each. 2 is a misused command line. */
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

export const shownTill = (
  { host, tillName, tillNumber, tillCount, pace }: TillConfig,
  closedUntil: string | null,
): ProvisionReport['till'] => ({
  host,
  tillName,
  tillNumber,
  tillCount,
  ...(pace === undefined ? {} : { pace }),
  ...(closedUntil === null ? {} : { closedInstallationUntil: closedUntil }),
});
