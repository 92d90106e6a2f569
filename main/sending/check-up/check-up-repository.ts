import { appError } from '../../../preload/contract/index.ts';
import { HOST_PROFILE_KEY, type LostPeriod } from '../../hosts/index.ts';
import { type Actor, actorText, theProgram } from '../../kernel/actor.ts';
import { DatabaseFailure } from '../../kernel/database/failure.ts';
import type { Db } from '../../kernel/database/open.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Changed } from '../../kernel/room.ts';
import { createLostPeriods } from '../../ledger/index.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { entryOfSecond } from '../../ledger/tables/index.ts';
import { type CheckUpState, isReversed, profileOf, stateSchema } from './state.ts';

/** A journal row of a step. */
export interface CheckUpNote {
  readonly what: string;
  readonly content?: unknown;
  /** The program by default. */
  readonly who?: Actor;
}

/** The stored check-up; state, host profile and journal change together. */
export interface CheckUpRepository {
  load(): CheckUpState | null;
  /** Commits, with the note in the same transaction. Throws if it cannot be written. */
  save(state: CheckUpState, note?: CheckUpNote): void;
  /** Whether an increment of the outbox has this second. */
  isSecondTaken(customerUid: string, dataChangeTime: string): boolean;
  /** Periods whose increments the journal may lack. */
  lost(): readonly LostPeriod[];
}

export const CHECK_UP_KEY = 'check-up';

export function createCheckUpRepository(
  db: Db,
  settings: Settings,
  journal: Pick<JournalRepository, 'append'> | null,
  changed: Changed<'checkUp'> = () => undefined,
): CheckUpRepository {
  const taken = db.prepare(entryOfSecond('@customerUid', '@second'));
  let known: { readonly text: string; readonly state: CheckUpState | null } | null = null;

  const load = (): CheckUpState | null => {
    const text = settings.get(CHECK_UP_KEY);
    if (text === null) return null;
    if (known?.text !== text) known = { text, state: parse(text) };
    return known.state;
  };

  const save = db.transaction((state: CheckUpState, note: CheckUpNote | undefined): void => {
    settings.set(CHECK_UP_KEY, JSON.stringify(state));
    settings.set(HOST_PROFILE_KEY, JSON.stringify(profileOf(state)));
    changed('checkUp');
    if (note === undefined) return;
    if (journal === null) throw new DatabaseFailure(appError('key-lost'), null);
    journal.append({
      event: 'check-up',
      actor: actorText(note.who ?? theProgram),
      reason: note.what,
      content: note.content ?? {},
    });
  });

  return {
    load,
    save: (state, note) => save.immediate(state, note),
    isSecondTaken: (customerUid, second) => taken.get({ customerUid, second }) !== undefined,
    lost: createLostPeriods(db),
  };
}

/** A damaged state reads as none, so that the till goes on; the journal has what was sent. */
function parse(text: string): CheckUpState | null {
  try {
    const parsed = stateSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Whether a test credit is not reversed, as far as known. */
export function isTestCreditOpen(settings: Settings): boolean {
  const text = settings.get(CHECK_UP_KEY);
  const state = text === null ? null : parse(text);
  return state !== null && !isReversed(state);
}
