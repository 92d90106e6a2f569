import {
  appError,
  type ChannelReply,
  err,
  type MatchAsk,
  type MatchItem,
  type MatchRow,
  MOST_MATCH_ITEMS,
  MOST_SHIFT_DAYS,
  ok,
  type Result,
  type ShownMatchAsk,
} from '../../../preload/contract/index.ts';
import { loadHostProfile } from '../../hosts/index.ts';
import { type Actor, actorText } from '../../kernel/actor.ts';
import type { Settings } from '../../kernel/database/settings-repository.ts';
import type { Logger } from '../../kernel/ports.ts';
import type { Room, Shown } from '../../kernel/room.ts';
import { storeTime } from '../../kernel/store-time.ts';
import type { OutboxRepository } from '../../ledger/index.ts';
import type { JournalRepository } from '../../ledger/journal/index.ts';
import { shownEntries, shownName, shownNumber } from '../../ledger/shown/index.ts';
import { type DirectoryRepository, maskPhone } from '../../members/index.ts';
import type { ExportService } from '../find/export-service.ts';
import type { MoneyEntries } from '../money-entries.ts';
import type { Match, Timed } from './compared.ts';
import { type MatchCsv, matchCsvLines, matchFileName } from './match-csv.ts';
import { isUnmatchable } from './matched.ts';
import type { MatchingService } from './matching-service.ts';
import { shownDay, shownSummary } from './shown-outcome.ts';
import { knowledgeOf } from './summary.ts';
import { writeTaken } from './write-taken.ts';

export interface ShiftPeriod {
  readonly businessDay: string;
  readonly from: number;
  readonly to: number;
}

export interface MatchingRoomParts {
  readonly matching: MatchingService;
  readonly outbox: Pick<OutboxRepository, 'bySequence' | 'byRequestId' | 'entriesAhead'>;
  readonly directory: Pick<DirectoryRepository, 'byUid'>;
  readonly settings: Settings;
  readonly journal: JournalRepository | null;
  readonly logger: Logger;
  readonly moneyEntries: Pick<MoneyEntries, 'days'>;
  /** The open shift for null, otherwise a closed one. */
  readonly shiftPeriodOf: (number: number | null) => Result<ShiftPeriod>;
  readonly till: string;
  readonly storeTimeZone: string;
  readonly exports: Pick<ExportService, 'take'>;
}

/** At most so many of a tangle. */
const MOST_SHOWN = 5;

export function createMatchingRoom(parts: MatchingRoomParts): Room {
  const { matching, directory, logger } = parts;

  const note = (who: Actor, ask: MatchAsk | null): void => {
    try {
      parts.journal?.append({
        event: 'noted',
        actor: actorText(who),
        reason: 'matching with KYBIO',
        content: { ask },
      });
    } catch (thrown) {
      logger.warn('journal.matching-not-noted', { error: String(thrown) });
    }
  };

  const shownAsk = (ask: MatchAsk): ShownMatchAsk => {
    if (ask.of === 'days') return ask;
    const member = directory.byUid(ask.customerUid);
    return { ...ask, number: shownNumber(member?.number ?? ''), name: shownName(member?.name ?? '') };
  };

  const shown = (): Shown['matching'] => {
    const now = matching.now();
    if (now === null) return null;
    const { job, held } = now;
    const { calls, rows, startedAtMs } = job;
    const state = job.state === 'reading' && held !== null ? 'held' : job.state;
    return { ask: shownAsk(job.ask), state, why: held ?? job.why, calls, rows, startedAtMs };
  };

  return {
    name: 'matching',
    handlers: {
      'matching:plan': ({ ask }) => matching.plan(ask),
      'matching:stop': () => {
        matching.halt();
        return ok({});
      },
      'matching:ofShift': async ({ number }) => {
        await matching.daysStored();
        const period = parts.shiftPeriodOf(number);
        return period.ok ? ok(daysOfShift(parts, period.value)) : period;
      },
      'matching:pile': async ({ pile, from }) => {
        const found = await compared(matching);
        if (found === null) return ok({ found: null });
        const { outcome, job } = found;
        const ofPile = outcome.matches.filter((one) => one.pile === pile);
        const items = ofPile.slice(from, from + MOST_MATCH_ITEMS).map(shownItem(parts));
        const log = knowledgeOf(loadHostProfile(parts.settings));
        const summary = shownSummary(outcome, job, log);
        return ok({ found: { summary, items, all: ofPile.length } });
      },
    },
    managersHandlers: {
      'matching:start': ({ ask }, who) => {
        const begun = matching.begin(ask, who.person === '' ? null : who.person);
        if (begun.ok) note(who, ask);
        return begun;
      },
      'matching:export': ({ words, file }, who) =>
        exportMatch(parts, file === undefined ? { words } : { words, readable: file }, who),
    },
    start: matching.start,
    stop: matching.stop,
    networkBack: matching.hurry,
    wokeUp: matching.hurry,
    shows: { matching: shown },
  };
}

/** The newest result with its question; null where it has not ended, or a newer one began meanwhile. */
async function compared({ now, outcome: compare }: MatchingService) {
  const job = now()?.job;
  const outcome = await compare();
  if (job === undefined || outcome === null || now()?.job.startedAtMs !== job.startedAtMs) return null;
  return { job, outcome };
}

async function exportMatch(
  { matching, exports, directory, ...parts }: MatchingRoomParts,
  told: Pick<MatchCsv, 'words' | 'readable'>,
  who: Actor,
): Promise<Result<ChannelReply<'matching:export'>>> {
  const found = await compared(matching);
  if (found === null) return err(appError('match-none'));
  const { outcome, job } = found;
  const asShown = shownEntries(parts.outbox, parts.storeTimeZone);
  const entryOf: MatchCsv['entryOf'] = (sequence) => {
    const increment = parts.outbox.bySequence(sequence);
    return increment === null ? null : asShown(increment);
  };
  const memberOf: MatchCsv['memberOf'] = (customerUid) => {
    const member = directory.byUid(customerUid);
    if (member === null) return null;
    const { name, number, phone } = member;
    return { name: shownName(name), number: shownNumber(number), phone: maskPhone(phone) };
  };
  const askedAt = storeTime(job.askedAtMs, parts.storeTimeZone);
  const entries = outcome.matches.length;
  return exports.take(
    {
      name: matchFileName(job.ask, parts.till, askedAt, told.readable !== undefined),
      content: { match: job.ask },
      write: async (target, onProgress, signal) => {
        const lines = matchCsvLines({ ...told, outcome, askedAt, entryOf, memberOf });
        const step = (done: number) => onProgress({ done, of: entries });
        return writeTaken(target, lines, { step, isCalledOff: () => signal.aborted, entries });
      },
    },
    who,
  );
}

/** The store days of the shift's entries; its business day where it has none. */
export function daysOf(
  moneyEntries: Pick<MoneyEntries, 'days'>,
  { businessDay, from, to }: ShiftPeriod,
): readonly string[] {
  const entered = moneyEntries.days(from, to);
  return entered.length === 0 ? [businessDay] : entered;
}

function daysOfShift(
  { matching, moneyEntries, settings, storeTimeZone }: MatchingRoomParts,
  period: ShiftPeriod,
) {
  const days = daysOf(moneyEntries, period);
  const shown = days
    .slice(0, MOST_SHIFT_DAYS)
    .map((day) => shownDay(day, matching.matchOf(day), storeTimeZone));
  const isPossible = !isUnmatchable(loadHostProfile(settings));
  return { days: shown, more: days.length - shown.length, isPossible };
}

function shownItem(parts: MatchingRoomParts): (one: Match) => MatchItem {
  const { outbox, directory } = parts;
  const asShown = shownEntries(parts.outbox, parts.storeTimeZone);
  const memberOf = (customerUid: string | null): MatchRow['member'] => {
    const member = customerUid === null ? null : directory.byUid(customerUid);
    return member === null ? null : { name: shownName(member.name), number: shownNumber(member.number) };
  };
  const rowOf = ({ row, sum }: Timed): MatchRow => ({
    time: row.datetime.slice(0, 40),
    sum,
    gift: row.giftMoney,
    payMethod: shownName(row.payMethod).slice(0, 100),
    account: shownName(row.rechargeStoreAccount).slice(0, 100),
    remark: shownName(row.remark),
    member: memberOf(row.customerUid),
    customerUid: row.customerUid,
  });
  return ({ reason, entries, lines }) => {
    const increments = entries
      .slice(0, MOST_SHOWN)
      .flatMap(({ sequence }) => outbox.bySequence(sequence) ?? []);
    return {
      key: `${entries[0]?.sequence ?? ''}-${lines[0]?.place ?? ''}`,
      reason,
      entries: increments.map(asShown),
      rows: lines.slice(0, MOST_SHOWN).map(rowOf),
      more: Math.max(0, entries.length - MOST_SHOWN) + Math.max(0, lines.length - MOST_SHOWN),
    };
  };
}
