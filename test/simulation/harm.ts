import type Database from 'better-sqlite3';
import { WITHDRAWN } from '../../main/ledger/closed-repository.ts';
import { ODD_SUMS } from '../../main/sending/odd-sums.ts';
import { checkEntry, type FinalEntry, type Hosts, readEntries, type Violation } from './checks.ts';
import type { ProfileName } from './scenario.ts';

/** What came twice, or is missing, where no till can know it by itself; and how a person was told. */
export interface Harm {
  /** The entries: they are counted, and break nothing. */
  readonly ids: ReadonlySet<string>;
  /** A manager was asked about this member and exactly this amount. */
  readonly asked: number;
  /** No question, and a noted line of the journal that details and matching show. */
  readonly noted: number;
  /** What would be said elsewhere of those that nobody was told of. */
  readonly silent: readonly Violation[];
  /** Whether a declaration that nothing but this till writes was shown to be false. */
  readonly withdrawn: number;
}

type What = Violation['what'];

/** What is counted in each world, and is no violation there. */
const counted: Readonly<Partial<Record<ProfileName, ReadonlySet<What>>>> = {
  beyond: new Set<What>(['doubled']),
  copied: new Set<What>(['doubled', 'wrongly confirmed']),
  'same-number': new Set<What>(['doubled', 'wrongly confirmed']),
  falsely: new Set<What>(['doubled', 'wrongly confirmed', 'wrongly cancelled']),
};

export const isCountedWorld = (profile: ProfileName): boolean => profile in counted;

/** Nobody can say which of two entries of one amount came twice. */
const amountOf = (entry: FinalEntry): string =>
  `${entry.account_host} ${entry.customer_uid} ${Math.abs(entry.balance)} ${Math.abs(entry.point)}`;

export function harmIn(db: Database.Database, hosts: Hosts, profile: ProfileName): Harm {
  const entries = readEntries(db);
  const kinds = counted[profile];
  const isHarmed = (entry: FinalEntry): boolean =>
    kinds?.has(checkEntry(entry, hosts)?.what ?? 'error') === true;
  const isExcused = profile === 'falsely' ? decidedWhileDeclared(db) : () => true;
  const harmed = entries.filter((entry) => isHarmed(entry) && isExcused(entry));
  const asked = amountsOf(entries, askedAbout(db));
  const noted = amountsOf(entries, notedAbout(db));
  const isNew = (entry: FinalEntry) => !asked.has(amountOf(entry));
  return {
    ids: new Set(harmed.map(({ id }) => id)),
    asked: harmed.filter((entry) => !isNew(entry)).length,
    noted: harmed.filter((entry) => isNew(entry) && noted.has(amountOf(entry))).length,
    silent: harmed
      .filter((entry) => isNew(entry) && !noted.has(amountOf(entry)))
      .flatMap((entry) => checkEntry(entry, hosts) ?? []),
    withdrawn: withdrawnAt(db) === null ? 0 : 1,
  };
}

const amountsOf = (entries: readonly FinalEntry[], of: ReadonlySet<number>): ReadonlySet<string> =>
  new Set(entries.filter(({ sequence }) => of.has(sequence)).map(amountOf));

/** In a doubt, or in review as one that came twice or was sent before. */
function askedAbout(db: Database.Database): ReadonlySet<number> {
  const rows = db
    .prepare(
      `SELECT sequence FROM increment WHERE id IN (SELECT increment_id FROM doubt) OR cause = 'possible-double'
       UNION SELECT entry FROM journal WHERE event = 'sent-to-review' AND reason = 'sent-before'
       UNION SELECT entry FROM journal WHERE event = 'decided' AND reason = 'two-fingerprints'`,
    )
    .all() as { sequence: number }[];
  return new Set(rows.map(({ sequence }) => sequence));
}

function notedAbout(db: Database.Database): ReadonlySet<number> {
  const rows = db
    .prepare(
      `SELECT json_extract(content, '$.entry') AS sequence FROM journal
       WHERE entry IS NULL AND event = 'noted' AND reason = ?`,
    )
    .all(ODD_SUMS) as { sequence: number }[];
  return new Set(rows.map(({ sequence }) => sequence));
}

/** The row of the journal by which the declaration was withdrawn. */
const withdrawnAt = (db: Database.Database): number | null => {
  const first = db.prepare(
    `SELECT MIN(number) AS number FROM journal WHERE entry IS NULL AND event = 'noted' AND reason = ?`,
  );
  return (first.get(WITHDRAWN) as { number: number | null }).number;
};

/** What the till decided by itself before the declaration was withdrawn; all of it where it never was. */
function decidedWhileDeclared(db: Database.Database): (entry: FinalEntry) => boolean {
  const number = withdrawnAt(db);
  const decided = db.prepare(
    `SELECT 1 AS found FROM journal WHERE entry = ? AND event = 'decided' AND actor = '' AND number < ?`,
  );
  return ({ sequence }) => decided.get(sequence, number ?? Number.MAX_SAFE_INTEGER) !== undefined;
}
