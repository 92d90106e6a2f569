import { z } from 'zod';
import { MOST_ODD_SUMS, oddSumKinds } from '../../preload/contract/index.ts';
import { actorText, theProgram } from '../kernel/actor.ts';
import type { Db } from '../kernel/database/open.ts';
import { readJson } from '../kernel/database/read-json.ts';
import type { Increment } from '../ledger/index.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import { type SumsSeen, sumsSeenIn } from './doubt-content.ts';

/** The note's reason: sums that look odd, of which nobody is asked (ADR 54). */
export const ODD_SUMS = 'odd sums';

/**
 * `surplus` and `shortfall`: one entry more or less than what was known, as a reply told. `second-unclear`: KYBIO's word
 * *duplicate*, and sums that did not move by the entry alone. `no-longer-asked`: a question of an older version.
 */
export type OddKind = (typeof oddSumKinds)[number];

export interface OddSums extends SumsSeen {
  readonly entry: Pick<Increment, 'sequence'>;
  /** The entry by whose answer it was seen. */
  readonly seenBy: Pick<Increment, 'sequence'>;
  readonly kind: OddKind;
}

/** As it is read again. */
export interface NotedSums extends SumsSeen {
  readonly kind: OddKind;
  readonly atMs: number;
}

/** Odd sums in the journal: one note each. */
export interface OddSumsRepository {
  /** Belongs inside the commit by which they were seen. */
  note(odd: OddSums): void;
  /** What was noted of an entry, oldest first, at most a few. */
  of(sequence: number): readonly NotedSums[];
}

const contentSchema = z.object({ entry: z.number(), kind: z.enum(oddSumKinds) });

interface Row {
  readonly at_ms: number;
  readonly content: string;
}

export function createOddSums(db: Db, journal: Pick<JournalRepository, 'append'> | null): OddSumsRepository {
  // By the index of reasons, and from the entry's own first row on: nothing is noted of it before.
  const ofEntry = db.prepare(
    `SELECT at_ms, content FROM journal
     WHERE entry IS NULL AND reason = '${ODD_SUMS}' AND event = 'noted'
       AND number > COALESCE((SELECT MIN(number) FROM journal WHERE entry = @sequence), 0)
       AND json_extract(content, '$.entry') = @sequence
     ORDER BY number LIMIT ${MOST_ODD_SUMS}`,
  );
  return {
    note: ({ entry, seenBy, kind, known, read }) =>
      journal?.append({
        event: 'noted',
        actor: actorText(theProgram),
        reason: ODD_SUMS,
        content: { entry: entry.sequence, seenBy: seenBy.sequence, kind, known, read },
      }),
    of: (sequence) =>
      (ofEntry.all({ sequence }) as Row[]).flatMap(({ at_ms: atMs, content }): NotedSums[] => {
        const noted = readJson(content);
        const told = contentSchema.safeParse(noted);
        const seen = sumsSeenIn(noted);
        return told.success && seen !== null ? [{ ...seen, kind: told.data.kind, atMs }] : [];
      }),
  };
}
