import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { OpenedSession } from '../../../main/app/open-session.ts';
import type { ChannelReply, EntryFilter, Result } from '../../../preload/contract/index.ts';
import { atTheTill } from '../../kit/actors.ts';
import { createTestClock } from '../../kit/clock.ts';
import { anything } from '../../kit/find.ts';
import { fillDirectory } from '../cashier.ts';
import { atMost, type Figure } from '../figure.ts';
import { endOfFilling, memberAt, openTill } from '../filled-till.ts';
import { type Row, sizeText } from '../row.ts';
import { median } from '../statistics.ts';

/** From the question to the first rows. */
const FIRST_ROWS_MS = 200;

/** All entries looked at for what is not there, for each hundred thousand of them. */
const WHOLE_LOOK_MS = 200;

const FRAME_MS = 16;

type Channel = 'find:entries' | 'find:sums';

async function ask<N extends Channel>(
  { rooms }: OpenedSession,
  channel: N,
  filter: Partial<EntryFilter>,
  before: number | null,
): Promise<ChannelReply<N>> {
  const handler = rooms.find(({ name }) => name === 'find')?.handlers?.[channel];
  if (handler === undefined) throw new Error('no such room');
  const args = { filter: { ...anything, ...filter }, before };
  const reply = (await handler(args as never, atTheTill)) as Result<ChannelReply<N>>;
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value;
}

/** As the page asks: again where the answer says that it goes on. */
async function firstRows(session: OpenedSession, filter: Partial<EntryFilter>): Promise<void> {
  for (let before: number | null = null; ; ) {
    const { entries, next }: ChannelReply<'find:entries'> = await ask(
      session,
      'find:entries',
      filter,
      before,
    );
    if (entries.length > 0 || next === null) return;
    before = next;
  }
}

async function allSums(session: OpenedSession): Promise<void> {
  for (let before: number | null = null; ; ) {
    const { next }: ChannelReply<'find:sums'> = await ask(session, 'find:sums', {}, before);
    if (next === null) return;
    before = next;
  }
}

const member = memberAt(77);

/** What a manager knows of an entry; each is there. */
const known: readonly (readonly [string, Partial<EntryFilter>])[] = [
  ['all entries', {}],
  ['a name', { text: member.name }],
  ['one digit', { text: '7' }],
  ['the end of a phone', { text: '0077' }],
  ['a reference', { text: '5000' }],
  ['one member', { customerUid: member.customerUid }],
  ['yesterday', { fromDay: '2026-11-23', toDay: '2026-11-23' }],
  ['all days', { fromDay: '2001-01-01', toDay: '2026-11-24' }],
  ['a sum and a state', { least: '10' as never, most: '10' as never, state: 'confirmed' }],
];

/** Nothing is so: all entries are looked at. */
const nowhere: Partial<EntryFilter> = { cashier: 'nobody', tender: 'cash' };

async function timed(rounds: number, work: () => Promise<void>): Promise<number> {
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const beganMs = performance.now();
    await work();
    took.push(performance.now() - beganMs);
  }
  return median(took);
}

/** For how long main does nothing else meanwhile. */
async function longestHold(rounds: number, work: () => Promise<void>): Promise<number> {
  const holds: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const blocks = monitorEventLoopDelay({ resolution: 1 });
    blocks.enable();
    await delay(5);
    await work();
    await delay(5);
    blocks.disable();
    holds.push(blocks.max / 1e6);
  }
  return median(holds);
}

/** Entries by whatever is known of them, over more of them than a year has. */
export const findRow: Row = {
  name: 'find',
  measure: async (bench) => {
    const figures: Figure[] = [];
    const rounds = bench.quick ? 3 : 9;
    const limit = { unit: 'ms', beside: 'limit', goal: atMost(1), bound: null } as const;
    const sizes = bench.quick ? bench.sizes : [...new Set([100_000, ...bench.sizes])];
    for (const entries of sizes.toSorted((one, other) => one - other)) {
      const session = await openTill(await bench.filled(entries), createTestClock(endOfFilling));
      fillDirectory(session);
      const size = sizeText(entries);
      for (const [name, filter] of known)
        figures.push({
          ...{ ...limit, name: `first rows by ${name}, ${size}`, against: FIRST_ROWS_MS },
          ours: await timed(rounds, () => firstRows(session, filter)),
        });
      const look = () => firstRows(session, nowhere);
      figures.push({
        ...{ ...limit, name: `that there is none, ${size}`, ours: await timed(rounds, look) },
        against: WHOLE_LOOK_MS * Math.max(1, entries / 100_000),
      });
      for (const [name, work] of [
        ['looks at all', look],
        ['adds all up', () => allSums(session)],
        ['looks at the end of phones', () => firstRows(session, { text: '0077' })],
      ] as const)
        figures.push({
          ...{ ...limit, name: `longest hold of main while it ${name}, ${size}`, against: FRAME_MS },
          ours: await longestHold(rounds, work),
        });
      await session.close(0);
    }
    return figures;
  },
};
