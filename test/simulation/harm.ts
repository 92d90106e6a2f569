import type Database from 'better-sqlite3';
import { checkEntry, type FinalEntry, readEntries, type Violation } from './checks.ts';
import type { KybioHost } from './kybio-host.ts';
import type { ProfileName } from './scenario.ts';

/** What came twice, or is missing, where no till can know it by itself; and how a person was told. */
export interface Harm {
  /** The entries: they are counted, and break nothing. */
  readonly ids: ReadonlySet<string>;
  /** A manager was asked about this member and exactly this amount. */
  readonly asked: number;
  /** What would be said elsewhere of those that nobody was told of. */
  readonly silent: readonly Violation[];
}

type What = Violation['what'];

/** What is counted in each world, and is no violation there. */
const counted: Readonly<Partial<Record<ProfileName, ReadonlySet<What>>>> = {
  beyond: new Set<What>(['doubled']),
  copied: new Set<What>(['doubled', 'wrongly confirmed']),
};

export const isCountedWorld = (profile: ProfileName): boolean => profile in counted;

/** Nobody can say which of two entries of one amount came twice. */
const amountOf = (entry: FinalEntry): string =>
  `${entry.customer_uid} ${Math.abs(entry.balance)} ${Math.abs(entry.point)}`;

export function harmIn(db: Database.Database, host: KybioHost, profile: ProfileName): Harm {
  const entries = readEntries(db);
  const kinds = counted[profile];
  const isHarmed = (entry: FinalEntry): boolean =>
    kinds?.has(checkEntry(entry, host)?.what ?? 'error') === true;
  const harmed = entries.filter(isHarmed);
  const asked = amountsOf(entries, askedAbout(db));
  const isNew = (entry: FinalEntry) => !asked.has(amountOf(entry));
  return {
    ids: new Set(harmed.map(({ id }) => id)),
    asked: harmed.filter((entry) => !isNew(entry)).length,
    silent: harmed.filter(isNew).flatMap((entry) => checkEntry(entry, host) ?? []),
  };
}

const amountsOf = (entries: readonly FinalEntry[], of: ReadonlySet<number>): ReadonlySet<string> =>
  new Set(entries.filter(({ sequence }) => of.has(sequence)).map(amountOf));

/** In review as one that came twice or was sent before. */
function askedAbout(db: Database.Database): ReadonlySet<number> {
  const rows = db
    .prepare(
      `SELECT sequence FROM increment WHERE cause = 'possible-double'
       UNION SELECT entry FROM journal WHERE event = 'sent-to-review' AND reason = 'sent-before'
       UNION SELECT entry FROM journal WHERE event = 'decided' AND reason = 'two-fingerprints'`,
    )
    .all() as { sequence: number }[];
  return new Set(rows.map(({ sequence }) => sequence));
}
