import type { OpenedSession } from '../../../main/app/open-session.ts';
import { theManager } from '../../../main/kernel/actor.ts';
import { createTestClock } from '../../kit/clock.ts';
import { atMost, type Figure } from '../figure.ts';
import { endOfFilling, openTill } from '../filled-till.ts';
import { held } from '../held.ts';
import { type Row, sizeText } from '../row.ts';

/** A manager waits for it once a day, and may go on selling. */
const FIRST_LOOK_MS = 10_000;
const NEXT_LOOK_MS = 500;

const FRAME_MS = 16;

async function look({ rooms }: OpenedSession) {
  const handler = rooms.find(({ name }) => name === 'reports')?.managersHandlers?.['reports:look'];
  if (handler === undefined) throw new Error('no such room');
  const cpu = process.cpuUsage();
  const hold = await held(async () => {
    const reply = await handler({}, theManager);
    if (!reply.ok) throw new Error(reply.error.code);
  });
  const { user, system } = process.cpuUsage(cpu);
  return { ...hold, cpuMs: (user + system) / 1_000 };
}

/** The owner's first look at a till, which adds up more than a year of days, and the next one. */
export const ownerRow: Row = {
  name: 'owner',
  measure: async (bench) => {
    const figures: Figure[] = [];
    const limit = { unit: 'ms', beside: 'limit', goal: atMost(1), bound: null } as const;
    const sizes = bench.quick ? bench.sizes : [...new Set([100_000, ...bench.sizes])];
    for (const entries of sizes.toSorted((one, other) => one - other)) {
      const session = await openTill(await bench.filled(entries), createTestClock(endOfFilling));
      for (const [name, mostMs] of [
        ['first', FIRST_LOOK_MS],
        ['next', NEXT_LOOK_MS],
      ] as const) {
        const { tookMs, cpuMs, wallMs, workMs } = await look(session);
        const of = `the owner's ${name} look, ${sizeText(entries)}`;
        figures.push(
          { ...limit, name: of, ours: tookMs, against: mostMs },
          { ...limit, name: `processor for ${of}`, ours: cpuMs, against: mostMs },
          { ...limit, name: `longest hold of main by ${of}`, ours: wallMs, against: FRAME_MS },
          { ...limit, name: `main's own work in that of ${of}`, ours: workMs, against: FRAME_MS },
        );
      }
      await session.close(0);
    }
    return figures;
  },
};
