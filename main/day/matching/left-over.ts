import type { MatchReason } from '../../../preload/contract/index.ts';
import type { Match, MatchInput, OurEntry, Timed } from './compared.ts';
import { wallMs } from './question.ts';

type Parts = Pick<MatchInput, 'askedAt' | 'isKnown'> & {
  readonly entries: readonly OurEntry[];
  readonly lines: readonly Timed[];
  readonly logEndsMs: number | null;
};

/** What fits nothing: of this till, with what that means of its state; of KYBIO's log, with whether the member is known. */
export function leftOver({ entries, lines, askedAt, isKnown, logEndsMs }: Parts): readonly Match[] {
  const ours = entries.flatMap((entry): readonly Match[] => {
    const reason = whyOnlyOurs(entry, askedAt, logEndsMs);
    return reason === null ? [] : [{ pile: 'only-ours', reason, entries: [entry], lines: [] }];
  });
  const theirs = lines.map((line): Match => {
    if (line.atMs === null) return { pile: 'unclear', reason: 'time-unreadable', entries: [], lines: [line] };
    const { customerUid } = line.row;
    const reason = customerUid !== null && isKnown(customerUid) ? 'elsewhere' : 'member-unknown';
    return { pile: 'only-kybio', reason, entries: [], lines: [line] };
  });
  return [...ours, ...theirs];
}

/** Null: it was refused or taken back before it was sent, so that nobody looks for it in the log. */
function whyOnlyOurs(entry: OurEntry, askedAt: string, logEndsMs: number | null): MatchReason | null {
  switch (entry.state) {
    case 'rejected':
    case 'cancelled':
      return null;
    case 'queued':
    case 'sending':
      return 'waiting';
    case 'unknown':
      return 'checking';
    case 'review':
      return 'review';
    case 'confirmed':
      if (entry.endedAt !== null && entry.endedAt > askedAt) return 'after-asking';
      if (!entry.hasReply) return 'silent-without-reply';
      return logEndsMs !== null && (wallMs(entry.time) ?? 0) > logEndsMs ? 'after-the-log' : 'silent';
  }
}
