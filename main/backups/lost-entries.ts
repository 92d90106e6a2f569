import { type ToldEntry, type ToldRow, toldEntries } from '../black-box/told-entries.ts';
import { type ChainHead, followChain, type JournalRow } from '../journal/chain.ts';
import { ACCOUNT } from '../outbox/accounts.ts';
import type { HostProtocol } from '../outbox/member-host.ts';

/**
 * The entries that were made after a backup, as rows tell them that are not in it. Where the journal's key is at hand
 * only rows count that go on from the backup's last one without a gap: nobody can make one up.
 */
export function lostEntries(
  rows: readonly JournalRow[],
  head: ChainHead,
  key: Buffer | null,
  readIncrement: HostProtocol['readIncrement'],
): readonly ToldEntry[] {
  const after = rows
    .filter(({ number, chain }) => number > head.count && chain === head.chain)
    .sort((a, b) => a.number - b.number);
  const until = key === null ? Number.POSITIVE_INFINITY : followChain(key, head, after).reached.count;
  const told = after.filter(({ number }) => number <= until);
  const made = new Set(told.flatMap(({ event, entry }) => (event === 'added' ? [entry] : [])));
  const accounts: readonly ToldRow[] = rows.filter(({ event }) => event === ACCOUNT);
  return toldEntries([...accounts, ...told], readIncrement).entries.filter(({ sequence }) =>
    made.has(sequence),
  );
}
