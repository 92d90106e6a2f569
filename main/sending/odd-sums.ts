import { z } from 'zod';
import { MOST_ODD_SUMS, oddSumKinds } from '../../preload/contract/index.ts';
import { actorText, theProgram } from '../kernel/actor.ts';
import type { Db } from '../kernel/database/open.ts';
import { readJson } from '../kernel/database/read-json.ts';
import type { Increment } from '../ledger/index.ts';
import type { JournalRepository } from '../ledger/journal/index.ts';
import { type SumsSeen, sumsSeenIn } from './doubt-content.ts';

/** The note's reason. Odd sums are noted, and nobody is asked (ADR 54). */
export const ODD_SUMS = 'odd sums';

/**
 * `surplus`, `shortfall`: a reply's sums are one entry above or below what was known. `second-unclear`: a duplicate
 * answer, and sums that did not move by this entry alone. `no-longer-asked`: a question of an older version.
 */
type OddKind = (typeof oddSumKinds)[number];

export interface OddSums extends SumsSeen {
  readonly entry: Pick<Increment, 'sequence'>;
  /** The entry whose reply showed it. */
  readonly seenBy: Pick<Increment, 'sequence'>;
  readonly kind: OddKind;
}

export interface NotedSums extends SumsSeen {
  readonly kind: OddKind;
  readonly atMs: number;
}

/** One journal note each. */
export interface OddSumsRepository {
  /** Runs inside the commit that shows them. */
  note(odd: OddSums): void;
  /** Oldest first, at most `MOST_ODD_SUMS`. */
  of(sequence: number): readonly NotedSums[];
}

const contentSchema = z.object({ entry: z.number(), kind: z.enum(oddSumKinds) });

interface Row {
  readonly at_ms: number;
  readonly content: string;
}

export function createOddSums(db: Db, journal: Pick<JournalRepository, 'append'> | null): OddSumsRepository {
  // By the index of reasons; no note precedes the entry's first row.
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
