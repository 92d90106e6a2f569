import {
  type Entry,
  type MatchAsk,
  type MatchItem,
  type MatchRow,
  type MatchSummary,
  MOST_MATCH_ITEMS,
  ok,
  type ShownMatchAsk,
} from '../../preload/contract/index.ts';
import type { Settings } from '../database/settings-repository.ts';
import { loadHostProfile } from '../host/evidence-policy.ts';
import { type Actor, actorText } from '../journal/actor.ts';
import type { JournalRepository } from '../journal/journal-repository.ts';
import type { DirectoryRepository } from '../members/directory-repository.ts';
import { shownName, shownNumber } from '../members/member-card.ts';
import type { OutboxRepository } from '../outbox/outbox-repository.ts';
import type { Increment } from '../outbox/types.ts';
import type { Logger } from '../ports.ts';
import type { Room, Shown } from '../room.ts';
import type { Outcome } from './compare-with-log.ts';
import type { Match, Timed } from './compared.ts';
import type { MatchingService } from './matching-service.ts';
import { allOf, hoursOff, knowledgeOf, pilesOf } from './summary.ts';

export interface MatchingRoomParts {
  readonly matching: MatchingService;
  readonly outbox: Pick<OutboxRepository, 'bySequence'>;
  readonly directory: Pick<DirectoryRepository, 'byUid'>;
  readonly settings: Settings;
  readonly journal: JournalRepository | null;
  readonly logger: Logger;
  /** Entries as the screen shows them, as things are now. */
  readonly shownEntries: () => (increment: Increment) => Entry;
}

/** Of a tangle the first few. */
const MOST_SHOWN = 5;

/** Matching with KYBIO's log: what it costs, how far it has come, and what lies in its piles. */
export function createMatchingRoom(parts: MatchingRoomParts): Room {
  const { matching, directory, logger } = parts;

  const note = (who: Actor, ask: MatchAsk | null): void => {
    try {
      parts.journal?.append({
        ...{ event: 'noted', actor: actorText(who), reason: 'matching with KYBIO' },
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
      'matching:pile': async ({ pile, from }) => {
        const outcome = await matching.outcome();
        const job = matching.now()?.job;
        if (outcome === null || job === undefined) return ok({ found: null });
        const ofPile = outcome.matches.filter((one) => one.pile === pile);
        const items = ofPile.slice(from, from + MOST_MATCH_ITEMS).map(shownItem(parts));
        const summary = summaryOf(parts, outcome, job.askedAtMs);
        return ok({ found: { summary, items, all: ofPile.length } });
      },
    },
    managersHandlers: {
      'matching:start': ({ ask }, who) => {
        const begun = matching.begin(ask);
        if (begun.ok) note(who, ask);
        return begun;
      },
    },
    start: matching.start,
    stop: matching.stop,
    networkChanged: (online) => {
      if (online) matching.hurry();
    },
    wokeUp: matching.hurry,
    shows: { matching: shown },
  };
}

function summaryOf({ settings }: MatchingRoomParts, outcome: Outcome, askedAtMs: number): MatchSummary {
  const { matches, logEndsAt, pointsOnly, before } = outcome;
  return {
    ...{ piles: pilesOf(matches), all: allOf(matches), askedAtMs, pointsOnly, before },
    log: knowledgeOf(loadHostProfile(settings)),
    logEndsAt: logEndsAt?.slice(0, 40) ?? null,
    hoursOff: hoursOff(matches),
  };
}

function shownItem({ outbox, directory, shownEntries }: MatchingRoomParts): (one: Match) => MatchItem {
  const asShown = shownEntries();
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
  return ({ reason, entries, lines }) => ({
    key: `${entries[0]?.sequence ?? ''}-${lines[0]?.place ?? ''}`,
    reason,
    entries: entries.slice(0, MOST_SHOWN).flatMap(({ sequence }) => {
      const increment = outbox.bySequence(sequence);
      return increment === null ? [] : [asShown(increment)];
    }),
    rows: lines.slice(0, MOST_SHOWN).map(rowOf),
    more: Math.max(0, entries.length - MOST_SHOWN) + Math.max(0, lines.length - MOST_SHOWN),
  });
}
