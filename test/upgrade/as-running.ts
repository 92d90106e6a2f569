import { expect } from 'vitest';
import type { EntryState } from '../../preload/contract/index.ts';
import type { KeptFolder } from './folders.ts';
import type { Program } from './program.ts';
import { openShop } from './shop.ts';
import { openTill, type UpgradedTill, verify } from './till.ts';

const isOpen = (state: EntryState): boolean => ['queued', 'sending', 'unknown'].includes(state);

const statesOf = ({ session }: UpgradedTill) =>
  [...session.ledger.outbox.all()]
    .sort((a, b) => a.sequence - b.sequence)
    .map(({ sequence, state, cause }) => ({ sequence, state, cause }));

/**
 * The till of a kept folder goes on under this program as if nothing had happened: it finds nothing altered, sends
 * nobody to a manager, and what was open arrives once, as it was promised.
 */
export async function goesOn(program: Program, kept: KeptFolder): Promise<void> {
  const shop = openShop(kept.ledger, kept.atMs + 60_000);
  const before = shop.applied();
  const till = await openTill(program, kept.data, shop);
  const { session } = till;
  expect(statesOf(till)).toEqual(kept.entries.map(({ told: _, ...entry }) => entry));
  // A folder from before there were shifts has none.
  expect(session.day.shifts.service.shown()).toMatchObject({ isUsed: false, enteredOutside: 0 });
  session.start();
  // Those that the dead process was sending, and nothing else.
  expect(statesOf(till)).toEqual(
    kept.entries.map(({ told: _, ...entry }) =>
      entry.state === 'sending' ? { ...entry, state: 'unknown', cause: 'restarted' } : entry,
    ),
  );
  await till.drive(() => {
    const { queued, sending, unknown } = session.ledger.outbox.counts();
    return queued + sending + unknown === 0 && session.records.problem() === null;
  });
  await till.drive(() => ['done', 'none'].includes(session.sending.checkUp.shown().state));

  const after = kept.entries.map(({ sequence, state, cause }) =>
    isOpen(state) ? { sequence, state: 'confirmed' } : { sequence, state, cause },
  );
  expect(statesOf(till)).toMatchObject(after);
  const arrived = kept.entries.filter(
    ({ sequence }) => after.find((entry) => entry.sequence === sequence)?.state === 'confirmed',
  );
  expect([...shop.applied()].sort()).toEqual(arrived.map(({ told: line }) => line).sort());
  expect(shop.applied().slice(0, before.length)).toEqual(before);

  expect({
    problem: session.journalProblem,
    pauses: session.hosts.link.state.pauses,
    errors: till.errors,
  }).toEqual({
    ...{ problem: null, pauses: [], errors: [] },
  });
  await session.close(0);
  expect(verify(program, kept.data, shop)).toMatchObject({ ok: true, problems: [] });
}
