import type { HeldHead, Restored } from '../../../preload/contract/index.ts';
import { readActor, shownActor } from '../../kernel/actor.ts';
import { storeTime } from '../../kernel/store-time.ts';
import type { Increment } from '../../ledger/index.ts';
import { reference } from '../../ledger/shown/index.ts';
import { type KnownMember, memberStatus } from '../../members/index.ts';
import { type Cell, csvLine, personCell, textCell } from '../export.ts';
import { createReadableLine, type Readable, readableHead } from '../find/readable-csv.ts';
import type { BesideEntry, PhoneShown } from './member-rows-repository.ts';

/** An entry of the member, with what lies beside it. */
export interface HeldEntry {
  readonly entry: Increment;
  readonly beside: readonly BesideEntry[];
}

export interface Held {
  readonly customerUid: string;
  /** Null where the member is not in the list of members. */
  readonly member: KnownMember | null;
  readonly phoneShown: readonly PhoneShown[];
  /** What a restored backup lacks. */
  readonly lost: Restored['entries'];
  readonly account: string;
  readonly nowMs: number;
  readonly today: string;
}

/** Writes what a till holds on one member: blocks that a person reads from top to bottom. Pure. */
export function createHeldCsv(held: Held, of: Readable) {
  const { words, storeTimeZone } = of;
  const say = (head: HeldHead): string => words.say[`held.${head}`] ?? head;
  const shared = (head: string): string => words.say[head] ?? head;
  const time = (ms: number): string => storeTime(ms, storeTimeZone);
  const line = (...cells: readonly Cell[]): string => csvLine(cells);
  const block = (title: string): string => `${csvLine([])}${csvLine([title])}`;
  const lineOf = createReadableLine(() => held.member?.phone ?? '', of);

  function* head(): Generator<string> {
    const { member, customerUid } = held;
    yield `\ufeff${line(say('title'))}`;
    yield line(say('written'), time(held.nowMs));
    yield line(say('account'), held.account);
    yield line(shared('memberId'), textCell(customerUid));
    yield block(say(member === null ? 'notListed' : 'listed'));
    if (member === null) return;
    yield line(shared('card'), textCell(member.number));
    yield line(shared('member'), member.name);
    yield line(shared('phone'), textCell(member.phone));
    yield line(say('category'), member.categoryName);
    yield line(say('balance'), member.balance);
    yield line(say('points'), member.point);
    yield line(say('state'), shared(`status.${memberStatus(member, held.today)}`));
    yield line(say('expiry'), member.expiryDate);
    yield line(say('readAt'), time(member.asOfMs));
  }

  function* evidence(entries: readonly HeldEntry[]): Generator<string> {
    const rows = entries.flatMap(({ entry, beside }) =>
      beside.map((one) => ({ ...one, number: reference(entry.sequence) })),
    );
    if (rows.length === 0) return;
    yield block(say('evidence'));
    yield line(shared('number'), say('kept'), say('content'));
    for (const row of rows) yield line(textCell(row.number), time(row.atMs), row.content);
  }

  function* lost(): Generator<string> {
    if (held.lost.length === 0) return;
    yield block(say('lost'));
    yield line(...['time', 'member', 'card'].map(shared), say('balance'), ...['points', 'state'].map(shared));
    for (const { atMs, memberName, memberNumber, balance, point, state } of held.lost)
      yield line(time(atMs), memberName, textCell(memberNumber), balance, point, shared(`state.${state}`));
  }

  function* foot(entries: readonly HeldEntry[]): Generator<string> {
    yield* evidence(entries);
    yield* lost();
    if (held.phoneShown.length > 0) {
      yield block(say('phoneShown'));
      for (const { atMs, actor } of held.phoneShown)
        yield line(time(atMs), personCell(words, shownActor(readActor(actor))));
    }
    yield block(say('copies'));
  }

  return {
    head,
    entriesHead: () => `${block(say('entries'))}${readableHead(of)}`,
    entry: ({ entry }: HeldEntry) => lineOf(entry),
    foot,
  };
}
