import {
  type Amount,
  type CustomerDraft,
  type CustomerShown,
  compareAmounts,
  formatMoney,
  formatPlain,
  languageOf,
  languages,
  ok,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import type { Clock, CustomerScreen } from '../../kernel/ports.ts';
import type { Room } from '../../kernel/room.ts';
import type { OutboxRepository } from '../../ledger/index.ts';
import type { FeedRow, JournalFeed } from '../../ledger/journal/index.ts';
import type { DirectoryRepository } from '../../members/index.ts';
import type { SignedIn } from '../../people/index.ts';
import { firstName } from './first-name.ts';
import { afterDraft, afterSaved, idle, type Showing, type ShownTopUp, shownSum } from './showing.ts';

/** Long enough for someone who looks up late. */
const THANKS_MS = 8_000;

export interface BonusAsked {
  readonly customerUid: string;
  readonly category: string;
  readonly principal: Amount;
  readonly purchase: Amount;
}

export interface CustomerRoomParts {
  readonly screen: CustomerScreen;
  readonly directory: Pick<DirectoryRepository, 'byUid'>;
  readonly outbox: Pick<OutboxRepository, 'bySequence'>;
  /** Null while the journal's key is lost: then nothing is saved either. */
  readonly feed: Pick<JournalFeed, 'subscribe'> | null;
  /** The bonus the shop's rules give a member now. */
  readonly gets: (asked: BonusAsked) => Amount;
  readonly clock: Pick<Clock, 'schedule'>;
  readonly signedIn: Pick<SignedIn, 'onLocked'>;
  readonly tillName: string;
  readonly currency: string;
  readonly isPractice: boolean;
  /** The till's language: a cashier's own does not change what customers read. */
  readonly language: () => string;
}

/**
 * Shows the member what is being entered. Main decides: it takes the sums from the page, and of the member only the
 * first name.
 */
export function createCustomerRoom(parts: CustomerRoomParts): Room {
  const { screen, directory, outbox, feed, clock } = parts;
  let showing: Showing = idle;
  let forget = (): void => undefined;
  let leave = (): void => undefined;
  let endWatch = (): void => undefined;

  const show = (next: Showing): void => {
    forget();
    showing = next;
    screen.show(shownOf(next, parts));
    if (next.kind === 'thanks') forget = clock.schedule(THANKS_MS, () => show(idle));
  };
  const toldOf = ({ customerUid, amount, points }: CustomerDraft): ShownTopUp => {
    const member = directory.byUid(customerUid);
    const isSum = compareAmounts(amount, zeroAmount) > 0;
    const bonus =
      member !== null && isSum
        ? parts.gets({ customerUid, category: member.categoryName, principal: amount, purchase: zeroAmount })
        : null;
    return { customerUid, amount, bonus, points, firstName: firstName(member?.name ?? '') };
  };
  const hear = (rows: readonly FeedRow[]): void => {
    for (const { event, entry } of rows) {
      const saved = event === 'added' && entry !== null ? outbox.bySequence(entry) : null;
      if (saved === null) continue;
      const {
        kind,
        customerUid,
        customerName,
        balanceIncrement: balance,
        pointIncrement: points,
        terms,
      } = saved;
      const told = { kind, customerUid, balance, points, bonus: terms.bonus };
      const next = afterSaved(showing, { ...told, firstName: firstName(customerName) });
      if (next !== showing) show(next);
    }
  };

  return {
    name: 'customer',
    handlers: {
      'customer:draft': ({ draft }) => {
        const next = afterDraft(showing, draft === null ? null : toldOf(draft));
        // A thank-you stays for its full time.
        if (next !== showing || next.kind === 'idle') show(next);
        return ok({});
      },
    },
    start: () => {
      leave = feed?.subscribe(hear) ?? leave;
      // A half-typed form belongs to nobody after sign-out; the page sends it again after the next sign-in.
      endWatch = parts.signedIn.onLocked(() => {
        if (showing.kind === 'draft') show(idle);
      });
      show(idle);
    },
    stop: () => {
      leave();
      endWatch();
      forget();
      screen.show(null);
    },
  };
}

function shownOf(showing: Showing, parts: CustomerRoomParts): CustomerShown {
  const { tillName, currency, isPractice } = parts;
  const locale = parts.language();
  const base = { language: languageOf(locale) ?? languages[0], isPractice };
  if (showing.kind === 'idle') return { kind: 'idle', ...base, name: tillName };
  const { firstName: name, amount, bonus, points } = showing.told;
  const money = (value: Amount) => formatMoney(value, currency, locale);
  return {
    kind: showing.kind,
    ...base,
    firstName: name,
    amount: shownSum(amount, money),
    bonus: shownSum(bonus, money),
    points: shownSum(points, (value) => formatPlain(value, locale)),
  };
}
