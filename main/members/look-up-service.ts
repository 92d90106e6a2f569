import {
  type AppError,
  appError,
  type Entry,
  err,
  type MemberCard,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import type { CallPurpose, Purse } from '../hosts/calls/index.ts';
import { isRefusedInWords, type Link } from '../hosts/link/index.ts';
import type { Clock, Random } from '../kernel/ports.ts';
import type { Increment, OutboxRepository } from '../ledger/index.ts';
import { type MemberSums, shownName, shownNumber } from '../ledger/shown/index.ts';
import { createAnswersToCome } from './answers-to-come.ts';
import { type Asked, askHost, type Kept, ownerOf, saysNothing, sortKept } from './ask-host.ts';
import type { DirectoryRepository, KnownMember } from './directory-repository.ts';
import { narrowed } from './fold.ts';
import { freshMember, type NamedLately } from './freshness.ts';
import type { MemberReader } from './member-reader.ts';
import { maskPhone, memberStatus } from './member-status.ts';
import { readError } from './read-error.ts';

export interface Found {
  readonly members: readonly MemberCard[];
  /** One alone is no more than offered either: nobody said that this is who has the card or the phone. */
  readonly isForPicker: boolean;
  /** Names the answer that KYBIO still owes, where these are what the till has kept; null where it owes none. */
  readonly stillAsking: string | null;
}

export interface LookUpService {
  /** Members by card number as it was read, phone or parts of a name. Several are for a picker, never the first taken. */
  find(query: string): Promise<Result<Found>>;
  /** KYBIO's answer to a look-up that was still asking; once. Errors besides what a read can meet: member-not-found. */
  answer(lookUp: string): Promise<Result<Omit<Found, 'stillAsking'>>>;
  card(customerUid: string): Result<MemberCard>;
}

export interface LookUpParts {
  readonly directory: DirectoryRepository;
  readonly outbox: OutboxRepository;
  readonly reader: MemberReader;
  readonly purse: Pick<Purse, 'may'>;
  /** For how long what was just read of a member serves once more. */
  readonly freshMs: () => number;
  readonly link: Link;
  readonly clock: Clock;
  readonly random: Pick<Random, 'uuid'>;
  readonly today: () => string;
  /** How the screen shows entries, as things are now. */
  readonly shownEntries: () => (increment: Increment) => Entry;
  /** False while the key is not at hand: then only the directory can answer. */
  readonly canCall: () => boolean;
}

/** With the member in the directory a cashier waits this long for KYBIO, then sees what is kept here. */
export const PATIENCE_MS = 1_500;

const MOST = 50;

/** Of a member's own entries, on the card. */
const MOST_RECENT = 5;

/** Queries of which is known whom KYBIO named. */
const MOST_NAMED = 100;

/** Who was found, and who says so. */
interface Told {
  readonly members: readonly KnownMember[];
  readonly source: MemberCard['source'];
  readonly isForPicker: boolean;
}
type Replied = Result<Told, Exclude<Asked, { ok: true }>['error']>;

/** By the till alone: that very card, or whom a person picks. */
function toldByTill({ byCard, candidates }: Kept): Told {
  const members = byCard.length > 0 ? byCard : candidates;
  return { members, source: 'till', isForPicker: byCard.length !== 1 };
}

/** Who is kept here is only read anew; without a call for a card that nobody here knows there is no top-up. */
const purposeOf = ({ byCard, byPhone }: Kept): CallPurpose =>
  byCard.length + byPhone.length > 0 ? 'refresh' : 'look-up';

export function createLookUpService(parts: LookUpParts): LookUpService {
  const { directory, outbox, reader, purse, link, clock, today, canCall } = parts;
  const toCome = createAnswersToCome<Replied>(parts.random.uuid);
  const named = new Map<string, NamedLately>();

  const cardOf = (source: MemberCard['source']) => {
    const asShown = parts.shownEntries();
    const day = today();
    return (member: KnownMember): MemberCard => {
      const recent = outbox.newestOfMember(member.customerUid, MOST_RECENT).map(asShown);
      return memberCard(member, source, { sums: outbox.sumsOfMember(member.customerUid), recent }, day);
    };
  };
  const shown = ({ members, source, isForPicker }: Told) => ({
    members: members.map(cardOf(source)),
    isForPicker,
  });
  const found = (told: Told, stillAsking: string | null = null): Result<Found> =>
    ok({ ...shown(told), stillAsking });

  const ask = async (query: string, kept: Kept): Promise<Replied> => {
    const answer = await askHost(reader, query, kept, purposeOf(kept));
    const { candidates } = kept;
    if (!answer.ok && saysNothing(answer.error) && candidates.length > 0)
      return ok({ members: candidates, source: 'till', isForPicker: true });
    if (!answer.ok) return err(answer.error);
    const asOfMs = clock.nowMs();
    const { members, isSure } = answer.value;
    const [only] = members;
    named.delete(query);
    if (isSure && only !== undefined) remember(named, query, { customerUid: only.customerUid, atMs: asOfMs });
    return ok({
      members: members.map((member) => ({ ...member, asOfMs })),
      source: 'kybio',
      isForPicker: !isSure,
    });
  };

  const readLately = (query: string, kept: Kept): KnownMember | null => {
    const owner = ownerOf(kept);
    return freshMember({
      named: named.get(query),
      owner,
      baseline: owner === null ? null : directory.baseline(owner.customerUid),
      nowMs: clock.nowMs(),
      freshMs: parts.freshMs(),
    });
  };

  /** What the till has kept, unless KYBIO is quick. */
  const askWithPatience = async (query: string, kept: Kept): Promise<Result<Found>> => {
    const asked = ask(query, kept);
    const { isLate, cancel } = patience(clock);
    const replied = await Promise.race([asked, isLate]).finally(cancel);
    if (replied === 'late') return found(toldByTill(kept), toCome.keep(asked));
    if (replied.ok) return found(replied.value);
    const isKnown = replied.error === 'changed' || replied.error.kind === 'nothing';
    return isKnown ? err(wordOf(replied.error)) : found(toldByTill(kept));
  };

  return {
    find: async (typed) => {
      const query = typed.trim();
      if (query === '') return err(appError('member-not-found'));
      const others = directory.find(narrowed(query), MOST).filter(({ number }) => number !== query);
      const members = [...directory.byNumber(query), ...others];
      const kept = sortKept(query, members);
      const away = link.state.reach === 'offline' || link.state.pauses.length > 0 || !canCall();
      if (members.length > 0 && away) return found(toldByTill(kept));
      if (!canCall()) return err(appError('member-unknown-offline'));
      const known = readLately(query, kept);
      if (known !== null) return found({ members: [known], source: 'kybio', isForPicker: false });
      if (!purse.may(purposeOf(kept)))
        return members.length > 0 ? found(toldByTill(kept)) : err(appError('call-budget-spent'));
      if (members.length > 0) return askWithPatience(query, kept);
      const replied = await ask(query, kept);
      return replied.ok ? found(replied.value) : err(wordOfStranger(replied.error));
    },
    answer: async (lookUp) => {
      const replied = await toCome.take(lookUp);
      if (replied === null) return err(appError('member-not-found'));
      return replied.ok ? ok(shown(replied.value)) : err(wordOf(replied.error));
    },
    card: (customerUid) => {
      const member = directory.byUid(customerUid);
      return member === null ? err(appError('member-not-found')) : ok(cardOf('till')(member));
    },
  };
}

type Failure = Extract<Replied, { ok: false }>['error'];

const wordOf = (failure: Failure): AppError =>
  failure === 'changed' ? appError('member-changed') : readError(failure);

/** Not reached at all: the sentence is about the member, the strip tells about the network. */
function wordOfStranger(failure: Failure): AppError {
  const isAway =
    failure !== 'changed' &&
    !isRefusedInWords(failure) &&
    (failure.kind === 'not-connected' || failure.kind === 'no-answer') &&
    failure.pause === null;
  return isAway ? appError('member-unknown-offline') : wordOf(failure);
}

function remember(named: Map<string, NamedLately>, query: string, last: NamedLately): void {
  named.set(query, last);
  const [oldest] = named.keys();
  if (named.size > MOST_NAMED && oldest !== undefined) named.delete(oldest);
}

function patience(clock: Clock): { readonly isLate: Promise<'late'>; readonly cancel: () => void } {
  let cancel = (): void => undefined;
  const isLate = new Promise<'late'>((resolve) => {
    cancel = clock.schedule(PATIENCE_MS, () => resolve('late'));
  });
  return { isLate, cancel };
}

/** What this till has of a member that is not KYBIO's. */
interface OfThisTill {
  readonly sums: MemberSums;
  /** The newest entries, newest first. */
  readonly recent: readonly Entry[];
}

/** A member as the counter sees one: the phone masked, what this till has for the member told beside. */
export function memberCard(
  member: KnownMember,
  source: MemberCard['source'],
  { sums, recent }: OfThisTill,
  today: string,
): MemberCard {
  return {
    customerUid: member.customerUid,
    number: shownNumber(member.number),
    name: shownName(member.name),
    categoryName: member.categoryName.slice(0, 100),
    maskedPhone: maskPhone(member.phone),
    balance: member.balance,
    point: member.point,
    status: memberStatus(member, today),
    expiryDate: member.expiryDate?.slice(0, 40) ?? null,
    asOfMs: member.asOfMs,
    source,
    ...sums,
    recent: [...recent],
  };
}
