import type { OpenedSession } from '../../../main/app/open-session.ts';
import { createBusinessDays } from '../../../main/day/shifts/business-day.ts';
import { createTestClock } from '../../kit/clock.ts';
import { fillDirectory } from '../cashier.ts';
import { atMost, type Figure } from '../figure.ts';
import { endOfFilling, memberAt, openTill } from '../filled-till.ts';
import { type Row, sizeText } from '../row.ts';
import { sideBySide } from '../side-by-side.ts';
import { median, p99 } from '../statistics.ts';

/** A read of the outbox, and how long it may take; most of main's thread is for other things. */
interface Read {
  readonly name: string;
  readonly limitMs: number;
  readonly of: (session: OpenedSession) => unknown;
}

const SCREEN_MS = 2;

/** The last business day of a shop that closes at three at night, which is no calendar day. */
const late = createBusinessDays('Asia/Singapore', () => 180).shown(endOfFilling);

/** Those that have a goal of their own. */
const named: readonly Read[] = [
  {
    name: 'the day’s list, 300 rows',
    limitMs: 2,
    of: (s) => s.ledger.outbox.activity(s.kernel.today(), 300),
  },
  {
    name: 'a day’s list that has room left',
    limitMs: 2,
    of: (s) => s.ledger.outbox.activity('2026-11-30', 2_000),
  },
  {
    name: 'the list of a day until three, 300 rows',
    limitMs: 2,
    of: (s) => s.ledger.outbox.activity(late.day, 300, late.moments),
  },
  {
    name: 'the sums of a day until three',
    limitMs: 0.5,
    of: (s) => s.ledger.outbox.sumsOfDay(late.day, late.moments),
  },
  { name: 'counts by state', limitMs: 0.1, of: (s) => s.ledger.outbox.counts() },
  {
    name: 'whether a send lies between (sendsOfAll)',
    limitMs: 0.1,
    of: (s) => s.ledger.transitions.sendsOfAll(),
  },
];

const member = memberAt(77);

/** What else a screen asks for, beside the topics that the rooms show. */
const asked: readonly Read[] = (
  [
    ['a member’s sends', (s) => s.ledger.transitions.sendsOf(member.customerUid)],
    ['a member’s newest entries', (s) => s.ledger.outbox.newestOfMember(member.customerUid, 5)],
    ['a member’s sums', (s) => s.ledger.outbox.sumsOfMember(member.customerUid)],
    ['a member’s card', (s) => s.members.lookUp.card(member.customerUid)],
    ['members by name', (s) => s.members.directory.find('Member 4', 50)],
    ['members by number', (s) => s.members.directory.find(member.number, 50)],
    ['the cases for a manager', (s) => s.counter.review.cases()],
    ['what goes before what', (s) => s.ledger.outbox.entriesAhead()],
  ] satisfies [string, Read['of']][]
).map(([name, of]) => ({ name, of, limitMs: SCREEN_MS }));

const topics = ({ rooms }: OpenedSession): readonly Read[] =>
  rooms
    .flatMap(({ shows }) => Object.keys(shows ?? {}))
    .map((topic) => ({
      name: `topic ${topic}`,
      limitMs: SCREEN_MS,
      of: (session) =>
        session.rooms
          .flatMap(({ shows }) => Object.entries(shows ?? {}))
          .find(([name]) => name === topic)?.[1](),
    }));

/** Every read of every screen: beside a limit, and beside itself over a small till. */
export const readsRow: Row = {
  name: 'reads',
  measure: async (bench) => {
    const open = async (entries: number) => {
      const session = await openTill(await bench.filled(entries), createTestClock(endOfFilling));
      fillDirectory(session);
      return session;
    };
    const small = await open(bench.base);
    const figures: Figure[] = [];
    for (const entries of bench.sizes) {
      const large = await open(entries);
      const size = sizeText(entries);
      let worst: Figure | null = null;
      for (const read of [...named, ...asked, ...topics(large)]) {
        const { name, limitMs, of } = read;
        const rounds = bench.quick ? 15 : 101;
        const { ours, against } = await sideBySide(
          rounds,
          () => of(large),
          () => of(small),
        );
        const limit = {
          unit: 'ms',
          against: limitMs,
          beside: 'limit',
          goal: atMost(1),
          bound: null,
        } as const;
        if (named.includes(read)) figures.push({ ...limit, name: `${name}, ${size}`, ours: median(ours) });
        else if (worst === null || p99(ours) > worst.ours)
          worst = { ...limit, name: `dearest other read, p99: ${name}, ${size}`, ours: p99(ours) };
        figures.push({
          ...{ name: `${name}, ${size}`, unit: 'ms', ours: median(ours), against: median(against) },
          ...{ beside: `the same over ${sizeText(bench.base)}`, goal: atMost(2) },
          // What takes microseconds is a matter of luck.
          bound: Math.max(median(ours), median(against)) < 0.05 ? null : atMost(30),
          detail: true,
        });
      }
      if (worst !== null) figures.push(worst);
      await large.close(0);
    }
    await small.close(0);
    return figures;
  },
};
