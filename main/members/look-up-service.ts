import {
  type AppError,
  appError,
  type Entry,
  err,
  type MemberCard,
  ok,
  type Result,
} from '../../preload/contract/index.ts';
import { type Budget, mayCall } from '../link/call-budget.ts';
import type { CallMeter } from '../link/call-meter-repository.ts';
import type { Link } from '../link/link.ts';
import { isRefusedInWords } from '../link/read-failure.ts';
import type { OutboxRepository } from '../outbox/outbox-repository.ts';
import type { Increment } from '../outbox/types.ts';
import type { Clock, Random } from '../ports.ts';
import { createAnswersToCome } from './answers-to-come.ts';
import { type Asked, askHost, isForPicker, type Kept, sortKept } from './ask-host.ts';
import type { DirectoryRepository, KnownMember } from './directory-repository.ts';
import { phoneDigits } from './fold.ts';
import { freshMember } from './freshness.ts';
import { memberCard } from './member-card.ts';
import type { MemberReader } from './member-reader.ts';
import { readError } from './read-error.ts';

export interface Found {
  readonly members: readonly MemberCard[];
  /** Names the answer that KYBIO still owes, where these are what the till has kept; null where it owes none. */
  readonly stillAsking: string | null;
}

export interface LookUpService {
  /** Members by card number, phone or parts of a name; several are for a picker, never the first taken. */
  find(query: string): Promise<Result<Found>>;
  /** KYBIO's answer to a look-up that was still asking; once. Errors besides what a read can meet: member-not-found. */
  answer(lookUp: string): Promise<Result<readonly MemberCard[]>>;
  card(customerUid: string): Result<MemberCard>;
}

export interface LookUpParts {
  readonly directory: DirectoryRepository;
  readonly outbox: OutboxRepository;
  readonly reader: MemberReader;
  readonly meter: CallMeter;
  readonly budget: Budget;
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

/** Phones of which is known whom KYBIO has under them. */
const MOST_PHONES = 100;

const fullWidth = /[\uff01-\uff5e]/g;

/** What was scanned or typed, with full-width characters narrowed and outer space gone. */
export const normaliseQuery = (typed: string): string =>
  typed
    .replace(fullWidth, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\s+/g, ' ')
    .trim();

/** What KYBIO replied, and when. */
type Replied = Result<readonly KnownMember[], Exclude<Asked, { ok: true }>['error']>;

const settled = (members: readonly MemberCard[]): Result<Found> => ok({ members, stillAsking: null });

export function createLookUpService(parts: LookUpParts): LookUpService {
  const { directory, outbox, reader, meter, budget, link, clock, today, canCall } = parts;
  const toCome = createAnswersToCome<Replied>(parts.random.uuid);
  const phonesAskedAtMs = new Map<string, number>();

  const cardOf = (source: MemberCard['source']) => {
    const shown = parts.shownEntries();
    const day = today();
    return (member: KnownMember): MemberCard => {
      const recent = outbox.newestOfMember(member.customerUid, MOST_RECENT).map(shown);
      return memberCard(member, source, { sums: outbox.sumsOfMember(member.customerUid), recent }, day);
    };
  };
  const ofTill = (members: readonly KnownMember[]) => settled(members.map(cardOf('till')));

  const ask = async (query: string, kept: Kept): Promise<Replied> => {
    const answer = await askHost(reader, query, kept);
    if (!answer.ok) return err(answer.error);
    const asOfMs = clock.nowMs();
    const [only, ...others] = answer.value;
    const isByPhone = only !== undefined && kept.byNumber.length === 0 && only.phone === phoneDigits(query);
    if (isByPhone && others.length === 0) remember(phonesAskedAtMs, only.phone, asOfMs);
    return ok(answer.value.map((member) => ({ ...member, asOfMs })));
  };

  const readLately = (query: string, kept: Kept): KnownMember | null =>
    freshMember({
      kept,
      baselineOf: directory.baseline,
      phoneAskedAtMs: phonesAskedAtMs.get(phoneDigits(query) ?? query) ?? null,
      nowMs: clock.nowMs(),
      freshMs: parts.freshMs(),
    });

  /** What the till has kept, unless KYBIO is quick. */
  const askWithPatience = async (
    query: string,
    members: readonly KnownMember[],
    kept: Kept,
  ): Promise<Result<Found>> => {
    const asked = ask(query, kept);
    const { isLate, cancel } = patience(clock);
    const replied = await Promise.race([asked, isLate]).finally(cancel);
    if (replied === 'late')
      return ok({ members: members.map(cardOf('till')), stillAsking: toCome.keep(asked) });
    if (replied.ok) return settled(replied.value.map(cardOf('kybio')));
    const isKnown = replied.error === 'changed' || replied.error.kind === 'nothing';
    return isKnown ? err(wordOf(replied.error)) : ofTill(members);
  };

  return {
    find: async (typed) => {
      const query = normaliseQuery(typed);
      if (query === '') return err(appError('member-not-found'));
      const members = directory.find(query, MOST);
      const kept = sortKept(query, members);
      const away = link.state.reach === 'offline' || link.state.pauses.length > 0 || !canCall();
      if (members.length > 0 && (away || isForPicker(kept))) return ofTill(members);
      if (!canCall()) return err(appError('member-unknown-offline'));
      const known = readLately(query, kept);
      if (known !== null) return settled([cardOf('kybio')(known)]);
      if (!mayCall('look-up', meter.usedToday(), budget))
        return members.length > 0 ? ofTill(members) : err(appError('call-budget-spent'));
      if (members.length > 0) return askWithPatience(query, members, kept);
      const replied = await ask(query, kept);
      return replied.ok ? settled(replied.value.map(cardOf('kybio'))) : err(wordOfStranger(replied.error));
    },
    answer: async (lookUp) => {
      const replied = await toCome.take(lookUp);
      if (replied === null) return err(appError('member-not-found'));
      return replied.ok ? ok(replied.value.map(cardOf('kybio'))) : err(wordOf(replied.error));
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

function remember(phones: Map<string, number>, phone: string, atMs: number): void {
  phones.delete(phone);
  phones.set(phone, atMs);
  const [oldest] = phones.keys();
  if (phones.size > MOST_PHONES && oldest !== undefined) phones.delete(oldest);
}

function patience(clock: Clock): { readonly isLate: Promise<'late'>; readonly cancel: () => void } {
  let cancel = (): void => undefined;
  const isLate = new Promise<'late'>((resolve) => {
    cancel = clock.schedule(PATIENCE_MS, () => resolve('late'));
  });
  return { isLate, cancel };
}
