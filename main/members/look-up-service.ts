import { appError, err, type MemberCard, ok, type Result } from '../../preload/contract/index.ts';
import { entryView } from '../counter/entry-view.ts';
import type { KybioMember, ReadFailure } from '../kybio/types.ts';
import type { OutboxRepository } from '../outbox/outbox-repository.ts';
import type { Clock } from '../ports.ts';
import { type Budget, mayCall } from '../sync/call-budget.ts';
import type { CallMeter } from '../sync/call-meter-repository.ts';
import type { Link } from '../sync/link.ts';
import type { DirectoryRepository, KnownMember } from './directory-repository.ts';
import { memberCard } from './member-card.ts';
import type { MemberReader, ReadResult } from './member-reader.ts';
import { readError } from './read-error.ts';

export interface LookUpService {
  /** Members by card number, phone or part of a name; several are for a picker, never the first taken. */
  find(query: string): Promise<Result<readonly MemberCard[]>>;
  card(customerUid: string): Result<MemberCard>;
}

export interface LookUpParts {
  readonly directory: DirectoryRepository;
  readonly outbox: OutboxRepository;
  readonly reader: MemberReader;
  readonly meter: CallMeter;
  readonly budget: Budget;
  readonly link: Link;
  readonly clock: Clock;
  readonly today: () => string;
  readonly storeTimeZone: string;
  /** False while the key is not at hand: then only the directory can answer. */
  readonly canCall: () => boolean;
}

/** With the member in the directory a cashier waits this long for KYBIO, then sees what is kept here. */
const PATIENCE_MS = 4_000;

const PHONE_DIGITS = 7;
const MOST = 50;

/** Of a member's own entries, on the card. */
const MOST_RECENT = 5;

const fullWidth = /[\uff01-\uff5e]/g;

/** What was scanned or typed, with full-width characters narrowed and outer space gone. */
export const normaliseQuery = (typed: string): string =>
  typed
    .replace(fullWidth, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\s+/g, ' ')
    .trim();

export function createLookUpService(parts: LookUpParts): LookUpService {
  const { directory, outbox, reader, meter, budget, link, clock, today, storeTimeZone, canCall } = parts;

  const cardOf = (member: KnownMember, source: MemberCard['source']): MemberCard => {
    const { customerUid } = member;
    const holders = outbox.holders();
    const recent = outbox
      .newestOfMember(customerUid, MOST_RECENT)
      .map((increment) => entryView(increment, storeTimeZone, holders));
    return memberCard(member, source, { sums: outbox.sumsOfMember(customerUid), recent }, today());
  };

  const cards = (
    members: readonly KnownMember[],
    source: MemberCard['source'],
  ): Result<readonly MemberCard[]> => ok(members.map((member) => cardOf(member, source)));

  const justRead = (members: readonly KybioMember[]) =>
    cards(
      members.map((member) => ({ ...member, asOfMs: clock.nowMs() })),
      'kybio',
    );

  const ask = async (query: string, kept: readonly KnownMember[]): Promise<Result<readonly MemberCard[]>> => {
    const answer = await askKybio(reader, query, kept);
    if (answer.ok) return justRead(answer.value);
    if (answer.error.kind !== 'nothing' && kept.length > 0) return cards(kept, 'till');
    // Not reached at all: the sentence is about the member, the strip tells about the network.
    const away = answer.error.kind === 'not-connected' || answer.error.kind === 'no-answer';
    return err(
      away && answer.error.pause === null ? appError('member-unknown-offline') : readError(answer.error),
    );
  };

  return {
    find: async (typed) => {
      const query = normaliseQuery(typed);
      if (query === '') return err(appError('member-not-found'));
      const kept = directory.find(phoneDigits(query) ?? query, MOST);
      const away = link.state.reach === 'offline' || link.state.pauses.length > 0 || !canCall();
      if (kept.length > 0 && (away || (kept.length > 1 && phoneDigits(query) === null)))
        return cards(kept, 'till');
      if (!canCall()) return err(appError('member-unknown-offline'));
      if (!mayCall('look-up', meter.usedToday(), budget)) {
        return kept.length > 0 ? cards(kept, 'till') : err(appError('call-budget-spent'));
      }
      if (kept.length === 0) return ask(query, kept);
      return Promise.race([ask(query, kept), patience(clock).then(() => cards(kept, 'till'))]);
    },
    card: (customerUid) => {
      const member = directory.byUid(customerUid);
      if (member === null) return err(appError('member-not-found'));
      return ok(cardOf(member, 'till'));
    },
  };
}

const patience = (clock: Clock) => new Promise<void>((resolve) => clock.schedule(PATIENCE_MS, resolve));

/** The digits, where the query can be a phone or a card of digits; null for names and other cards. */
function phoneDigits(query: string): string | null {
  return /^\+?[\d\s()-]+$/.test(query) ? query.replace(/\D/g, '') : null;
}

/**
 * One call where one is enough. A number of digits is a card first, then a phone, unless the
 * directory knows it as a phone; a family's phone gives several. A name is looked up here only.
 */
async function askKybio(
  reader: MemberReader,
  query: string,
  kept: readonly KnownMember[],
): Promise<ReadResult<readonly KybioMember[]>> {
  const digits = phoneDigits(query);
  const only = kept.length === 1 ? kept[0] : undefined;
  if (digits === null) return asList(await reader.byNumber(only?.number ?? query, 'look-up'));
  const knownAsPhone =
    kept.some((member) => member.phone === digits) && !kept.some((member) => member.number === digits);
  if (knownAsPhone) {
    const byTel = await reader.byTel(digits, 'look-up');
    if (byTel.ok || !saysNothing(byTel.error) || only === undefined) return byTel;
    return asList(await reader.byNumber(only.number, 'look-up'));
  }
  const byNumber = await reader.byNumber(digits, 'look-up');
  if (byNumber.ok || !saysNothing(byNumber.error) || digits.length < PHONE_DIGITS) return asList(byNumber);
  const byTel = await reader.byTel(digits, 'look-up');
  // A host that lacks the call refuses it: that says no more than the first answer did.
  return byTel.ok || byTel.error.kind === 'not-connected' ? byTel : asList(byNumber);
}

const saysNothing = (failure: ReadFailure): boolean =>
  failure.kind === 'nothing' || failure.kind === 'refused';

const asList = (answer: ReadResult<KybioMember>): ReadResult<readonly KybioMember[]> =>
  answer.ok ? { ok: true, value: [answer.value] } : answer;
