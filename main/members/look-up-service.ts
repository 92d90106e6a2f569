import {
  type AppError,
  appError,
  type Entry,
  err,
  type MemberCard,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import type { CallBudget, CallPurpose } from '../hosts/calls/index.ts';
import { isRefusedInWords, type Link } from '../hosts/link/index.ts';
import type { Clock, Random } from '../kernel/ports.ts';
import type { Increment, OutboxRepository } from '../ledger/index.ts';
import { type MemberSums, shownName, shownNumber } from '../ledger/shown/index.ts';
import {
  askHost,
  type DirectoryMatches,
  type HostAnswer,
  isUninformative,
  ownerOf,
  sortMatches,
} from './ask-host.ts';
import type { DirectoryRepository, KnownMember } from './directory-repository.ts';
import { narrowed } from './fold.ts';
import { freshMember, type NamedLately } from './freshness.ts';
import type { MemberReader } from './member-reader.ts';
import { maskPhone, memberStatus } from './member-status.ts';
import { createPendingAnswers } from './pending-answers.ts';
import { readError } from './read-error.ts';

export interface Found {
  readonly members: readonly MemberCard[];
  /** Even a single result must be picked: nobody confirmed that this member has the card or phone. */
  readonly isForPicker: boolean;
  /** The id of KYBIO's pending answer where these are stored members; null without one. */
  readonly stillAsking: string | null;
}

export interface LookUpService {
  /** Finds members by card number as read, phone or parts of a name. Several are for a picker; the first is never taken. */
  find(query: string): Promise<Result<Found>>;
  /** KYBIO's pending answer to a look-up; once. Further errors: member-not-found. */
  answer(lookUp: string): Promise<Result<Omit<Found, 'stillAsking'>>>;
  card(customerUid: string): Result<MemberCard>;
}

interface LookUpParts {
  readonly directory: DirectoryRepository;
  readonly outbox: OutboxRepository;
  readonly reader: MemberReader;
  readonly callBudget: Pick<CallBudget, 'may'>;
  /** How long a reading is reused. */
  readonly freshMs: () => number;
  readonly link: Link;
  readonly clock: Clock;
  readonly random: Pick<Random, 'uuid'>;
  readonly today: () => string;
  /** Converts entries for the screen. */
  readonly shownEntries: () => (increment: Increment) => Entry;
  /** Whether calls are possible; without the key only the directory answers. */
  readonly canCall: () => boolean;
}

/** If the member is in the directory, the cashier waits this long for KYBIO, then sees the stored data. */
export const TIMEOUT_MS = 1_500;

const MOST = 50;

/** Entries shown on a member's card. */
const MOST_RECENT = 5;

/** How many queries with KYBIO's answer are remembered. */
const MOST_NAMED = 100;

/** The members found, and the source. */
interface LookUpAnswer {
  readonly members: readonly KnownMember[];
  readonly source: MemberCard['source'];
  readonly isForPicker: boolean;
}
type Replied = Result<LookUpAnswer, Exclude<HostAnswer, { ok: true }>['error']>;

/** The till's own answer: exactly that card, or members to pick from. */
function answeredByTill({ byCard, candidates }: DirectoryMatches): LookUpAnswer {
  const members = byCard.length > 0 ? byCard : candidates;
  return { members, source: 'till', isForPicker: byCard.length !== 1 };
}

/** A known member is only refreshed; a look-up of an unknown card is needed for the top-up. */
const purposeOf = ({ byCard, byPhone }: DirectoryMatches): CallPurpose =>
  byCard.length + byPhone.length > 0 ? 'refresh' : 'look-up';

export function createLookUpService(parts: LookUpParts): LookUpService {
  const { directory, outbox, reader, callBudget, link, clock, today, canCall } = parts;
  const toCome = createPendingAnswers<Replied>(parts.random.uuid);
  const named = new Map<string, NamedLately>();

  const cardOf = (source: MemberCard['source']) => {
    const asShown = parts.shownEntries();
    const day = today();
    return (member: KnownMember): MemberCard => {
      const recent = outbox.newestOfMember(member.customerUid, MOST_RECENT).map(asShown);
      return memberCard(member, source, { sums: outbox.sumsOfMember(member.customerUid), recent }, day);
    };
  };
  const shown = ({ members, source, isForPicker }: LookUpAnswer) => ({
    members: members.map(cardOf(source)),
    isForPicker,
  });
  const found = (told: LookUpAnswer, stillAsking: string | null = null): Result<Found> =>
    ok({ ...shown(told), stillAsking });

  const ask = async (query: string, kept: DirectoryMatches): Promise<Replied> => {
    const answer = await askHost(reader, query, kept, purposeOf(kept));
    const { candidates } = kept;
    if (!answer.ok && isUninformative(answer.error) && candidates.length > 0)
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

  const readLately = (query: string, kept: DirectoryMatches): KnownMember | null => {
    const owner = ownerOf(kept);
    return freshMember({
      named: named.get(query),
      owner,
      baseline: owner === null ? null : directory.baseline(owner.customerUid),
      nowMs: clock.nowMs(),
      freshMs: parts.freshMs(),
    });
  };

  /** The stored members, unless KYBIO is quick. */
  const askWithinLimit = async (query: string, kept: DirectoryMatches): Promise<Result<Found>> => {
    const asked = ask(query, kept);
    const { isLate, cancel } = timeLimit(clock);
    const replied = await Promise.race([asked, isLate]).finally(cancel);
    if (replied === 'late') return found(answeredByTill(kept), toCome.keep(asked));
    if (replied.ok) return found(replied.value);
    const isKnown = replied.error === 'changed' || replied.error.kind === 'nothing';
    return isKnown ? err(wordOf(replied.error)) : found(answeredByTill(kept));
  };

  return {
    find: async (typed) => {
      const query = typed.trim();
      if (query === '') return err(appError('member-not-found'));
      const others = directory.find(narrowed(query), MOST).filter(({ number }) => number !== query);
      const members = [...directory.byNumber(query), ...others];
      const kept = sortMatches(query, members);
      const away = link.state.reach === 'offline' || link.state.pauses.length > 0 || !canCall();
      if (members.length > 0 && away) return found(answeredByTill(kept));
      if (!canCall()) return err(appError('member-unknown-offline'));
      const known = readLately(query, kept);
      if (known !== null) return found({ members: [known], source: 'kybio', isForPicker: false });
      if (!callBudget.may(purposeOf(kept)))
        return members.length > 0 ? found(answeredByTill(kept)) : err(appError('call-budget-spent'));
      if (members.length > 0) return askWithinLimit(query, kept);
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

/** The error where KYBIO was not reached: it is about the member, since the strip shows the network. */
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

function timeLimit(clock: Clock): { readonly isLate: Promise<'late'>; readonly cancel: () => void } {
  let cancel = (): void => undefined;
  const isLate = new Promise<'late'>((resolve) => {
    cancel = clock.schedule(TIMEOUT_MS, () => resolve('late'));
  });
  return { isLate, cancel };
}

/** This till's own data about a member. */
interface OfThisTill {
  readonly sums: MemberSums;
  /** The newest entries, newest first. */
  readonly recent: readonly Entry[];
}

/** A member for the counter: masked phone, with this till's entries. */
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
