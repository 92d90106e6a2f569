import type { CallMeter, CallPurpose } from '../hosts/calls/index.ts';
import {
  ALL_MEMBERS,
  afterAnsweredRead,
  afterFailedRead,
  isCallRefused,
  type Link,
  withoutOldKeyPause,
} from '../hosts/link/index.ts';
import {
  type HostLogRow,
  type HostMember,
  isBlank,
  type MemberHost,
  type Page,
  type Read,
  type ReadFailure,
} from '../hosts/port/index.ts';
import type { RunInTransaction } from '../kernel/database/run-in-transaction.ts';
import type { Clock, Logger } from '../kernel/ports.ts';
import type { SendsBegun, TransitionsRepository } from '../ledger/index.ts';
import type { DirectoryRepository } from './directory-repository.ts';

export type ReadResult<T> = Read<T>['result'];

/**
 * A member's reading; `overlapsNoSend` is false where it overlapped a send of ours (protocol rule 6). `isAnswered`:
 * KYBIO answered, though it named no member.
 */
export type MemberReading =
  | { readonly ok: true; readonly value: HostMember; readonly overlapsNoSend: boolean }
  | (Extract<ReadResult<HostMember>, { ok: false }> & { readonly isAnswered: boolean });

/** After `since` and up to `until`, store time; the cursor comes from the previous page. */
interface LogPage {
  readonly since: string;
  readonly until: string;
  readonly cursor: string | null;
}

/** Further pages of a huge log are not read. */
const MOST_LOG_PAGES = 10;

const tooLong: Extract<ReadResult<never>, { ok: false }> = {
  ok: false,
  error: { kind: 'refused', cause: 'unreadable', pause: null, messages: [] },
};

/** All reads go through here: metered, reported to the link, and stored. */
export interface MemberReader {
  byNumber(number: string, purpose: CallPurpose): Promise<MemberReading>;
  byUid(customerUid: string, purpose: CallPurpose): Promise<MemberReading>;
  log(customerUid: string, purpose: CallPurpose): Promise<ReadResult<readonly HostLogRow[]>>;
  /** Log rows of all members in this period of store time, all pages. */
  logOfAll(since: string, until: string, purpose: CallPurpose): Promise<ReadResult<readonly HostLogRow[]>>;
  /** One page of the same. */
  logPage(of: LogPage, purpose: CallPurpose): Promise<ReadResult<Page<HostLogRow>>>;
  byPhone(phone: string, purpose: CallPurpose): Promise<ReadResult<readonly HostMember[]>>;
  page(cursor: string | null): ReturnType<MemberHost['readMembersPage']>;
}

interface Parts {
  readonly client: () => MemberHost;
  readonly directory: DirectoryRepository;
  readonly transitions: TransitionsRepository;
  readonly meter: CallMeter;
  readonly link: Link;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly runInTransaction: RunInTransaction;
}

export function createMemberReader(parts: Parts): MemberReader {
  const { client, directory, transitions, meter, link, clock, logger, runInTransaction } = parts;

  /**
   * `everyHost`: every host has this call; one that a host may lack decides no pause when refused. What `alongside`
   * stores is committed with the call's count. `about`: see `afterFailedRead`.
   */
  const read = async <T>(
    purpose: CallPurpose,
    call: () => Promise<Read<T>>,
    everyHost = false,
    alongside: (value: T) => void = () => undefined,
    about: string | null = null,
  ): Promise<Read<T>> => {
    const asked = client();
    // Counted first: two thousand at once would all find the budget unspent.
    const release = meter.reserve();
    const answer = await call().finally(release);
    const { result } = answer;
    // Calls that did not reach KYBIO are not written, so that a failing disk does not hide a missing network.
    if (answer.exchange.phase !== 'connecting')
      runInTransaction(() => {
        meter.count(purpose);
        if (result.ok) alongside(result.value);
      });
    link.hear(answer.exchange);
    link.update((state, at) => {
      if (result.ok || (isAnswered(answer) && result.error.cause !== 'unknown-words'))
        return afterAnsweredRead(state, at);
      if (!everyHost && isCallRefused(result.error)) return state;
      // A new client has another key.
      const failure = asked === client() ? result.error : withoutOldKeyPause(result.error);
      return afterFailedRead(state, failure, at, about);
    });
    logger.info('kybio.read', {
      purpose,
      ok: result.ok,
      ...describe(result),
      status: answer.exchange.response?.status ?? null,
    });
    return answer;
  };

  /**
   * Whether a reading is the member's real state: an undecided entry may be included or not, which is evidence and no
   * baseline, and a list may contain a blank record without sums.
   */
  const mayBeBaseline = (member: HostMember, sends: SendsBegun): boolean =>
    !sends.undecided && !isBlank(member);

  /** A card of who was erased, and may not come back, is taken from whoever had it here; nothing else of theirs is stored. */
  const store = (
    readings: readonly { readonly member: HostMember; readonly isBaseline: boolean }[],
    mayComeBack: boolean,
  ) => {
    const isLeftOut = ({ customerUid }: HostMember) => !mayComeBack && directory.isForgotten(customerUid);
    for (const { member } of readings) if (isLeftOut(member)) directory.takeCard(member);
    directory.keepAll(
      readings.filter(({ member }) => !isLeftOut(member)),
      clock.nowMs(),
    );
  };

  /**
   * Stores readings. One that overlaps a send of ours for that member is neither baseline nor evidence (protocol rule
   * 6), so our sends are compared before and after. Before a read by number the id may be unknown: then those to all
   * tell. Who was erased is kept neither by a call that began before, nor by one that nobody asked for.
   */
  const keep = (
    members: readonly HostMember[],
    { sends, sendsToAll, erasures }: BeforeCall,
    purpose: CallPurpose,
  ) => {
    const readings = members.map((member) => {
      const after = transitions.sendsOf(member.customerUid);
      const before = sends.get(member.customerUid) ?? strangersSends(sendsToAll, after);
      const overlapsNoSend = !before.sending && !after.sending && before.begun === after.begun;
      return { member, overlapsNoSend, isBaseline: overlapsNoSend && mayBeBaseline(member, after) };
    });
    store(readings, purpose !== 'probe' && directory.erasures() === erasures);
    return readings.every(({ overlapsNoSend }) => overlapsNoSend);
  };

  const beforeCall = (customerUids: readonly string[]): BeforeCall => ({
    sends: new Map(customerUids.map((customerUid) => [customerUid, transitions.sendsOf(customerUid)])),
    sendsToAll: transitions.sendsOfAll(),
    erasures: directory.erasures(),
  });

  const readOne = async (
    before: BeforeCall,
    purpose: CallPurpose,
    call: () => Promise<Read<HostMember>>,
    everyHost = false,
    about: string | null = null,
  ): Promise<MemberReading> => {
    let overlapsNoSend = false;
    const kept = (member: HostMember) => {
      overlapsNoSend = keep([member], before, purpose);
    };
    const answer = await read(purpose, call, everyHost, kept, about);
    const { result } = answer;
    if (result.ok) return { ...result, overlapsNoSend };
    // KYBIO knows this member, so it may be said to every call.
    const isSuspect = about !== null && result.error.cause === 'unknown-words';
    return { ...result, isAnswered: isAnswered(answer) && !isSuspect };
  };

  const logPage: MemberReader['logPage'] = async ({ since, until, cursor }, purpose) =>
    (await read(purpose, () => client().readLogOfAll(since, until, cursor))).result;

  return {
    logPage,
    byNumber: (number, purpose) => {
      const known = directory.byNumber(number).map((member) => member.customerUid);
      return readOne(beforeCall(known), purpose, () => client().readByNumber(number), true, known[0] ?? null);
    },
    byUid: (customerUid, purpose) =>
      readOne(beforeCall([customerUid]), purpose, () => client().readByUid(customerUid)),
    byPhone: async (phone, purpose) => {
      const before = beforeCall(directory.byPhone(phone).map((member) => member.customerUid));
      const answer = await read(
        purpose,
        () => client().readByPhone(phone),
        false,
        (members) => void keep(members, before, purpose),
      );
      return answer.result;
    },
    log: async (customerUid, purpose) => (await read(purpose, () => client().readLog(customerUid))).result,
    logOfAll: async (since, until, purpose) => {
      const rows: HostLogRow[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < MOST_LOG_PAGES; page += 1) {
        const next: ReadResult<Page<HostLogRow>> = await logPage({ since, until, cursor }, purpose);
        if (!next.ok) return next;
        rows.push(...next.value.rows);
        cursor = next.value.cursor;
        if (cursor === null) return { ok: true, value: rows };
      }
      return tooLong;
    },
    page: async (cursor) => {
      const sendsBefore = transitions.sendsOfAll();
      const ask = () => client().readMembersPage(cursor);
      const keepPage = ({ rows }: Page<HostMember>) => {
        const overlapsNoSend = !sendsBefore.sending && transitions.sendsOfAll().begun === sendsBefore.begun;
        const readings = rows.map((member) => ({
          member,
          isBaseline: overlapsNoSend && mayBeBaseline(member, transitions.sendsOf(member.customerUid)),
        }));
        store(readings, false);
      };
      // An old cursor may be refused by itself.
      return read('directory', ask, true, keepPage, cursor === null ? ALL_MEMBERS : null);
    },
  };
}

/**
 * Reads an entry's member: by card number, which every host offers and which shows a card that changed hands; then,
 * or without a number, by id. Never returns another member's record.
 */
export async function readMemberOf(
  reader: Pick<MemberReader, 'byNumber' | 'byUid'>,
  { customerNumber, customerUid }: { readonly customerNumber: string; readonly customerUid: string },
  purpose: CallPurpose,
): Promise<MemberReading> {
  if (customerNumber === '') return reader.byUid(customerUid, purpose);
  const ofCard = await reader.byNumber(customerNumber, purpose);
  if (!ofCard.ok || ofCard.value.customerUid === customerUid) return ofCard;
  const ofUid = await reader.byUid(customerUid, purpose);
  // KYBIO has answered, whatever becomes of the other call.
  return ofUid.ok ? ofUid : { ...ofUid, isAnswered: true };
}

/** An unreadable record is KYBIO's answer too: others can be read. */
function isAnswered<T>({ isAnswered, result }: Read<T>): boolean {
  if (result.ok) return true;
  const { kind, cause } = result.error;
  return kind === 'nothing' || kind === 'refused' || (cause === 'unreadable' && isAnswered);
}

type SendsSeen = Pick<SendsBegun, 'begun' | 'sending'>;

/** Before a call, of a member whom the directory did not have: erased, or not met yet. */
const strangersSends = (toAll: SendsSeen, after: SendsSeen): SendsSeen => ({
  begun: Math.min(toAll.begun, after.begun),
  sending: toAll.sending && after.begun > 0,
});

interface BeforeCall {
  readonly sends: ReadonlyMap<string, SendsSeen>;
  readonly sendsToAll: SendsSeen;
  readonly erasures: number;
}

function describe<T>(result: ReadResult<T>): { failure: ReadFailure['kind'] | null; cause: string | null } {
  return result.ok
    ? { failure: null, cause: null }
    : { failure: result.error.kind, cause: result.error.cause };
}
