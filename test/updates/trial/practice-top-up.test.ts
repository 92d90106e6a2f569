import { expect, it } from 'vitest';
import { type OpenedSession, openPracticeSession } from '../../../main/app/open-session.ts';
import type { World } from '../../../main/app/world.ts';
import { createMemoryVault } from '../../../main/people/credentials/vault.ts';
import { practiceTopUp } from '../../../main/updates/trial/rehearse.ts';
import { appError, err } from '../../../preload/contract/index.ts';
import { realClock, realRandom } from '../../kit/practice-store.ts';
import { silentLogger, temporaryFolder } from '../../kit/till.ts';

/** A practice session, and something that happens to it before the top-up. */
const openAnd = (harm: (session: OpenedSession) => void) => async (changed: () => void) => {
  const folder = temporaryFolder();
  const world: World = {
    ...{ folder, headCopyFolder: `${folder}/copy`, clock: realClock, random: realRandom, changed },
    ...{ logger: silentLogger, vault: createMemoryVault(null, realRandom) },
  };
  const opened = await openPracticeSession(world, 'UTC');
  if (opened.ok) harm(opened.value);
  return opened;
};

const parts = { clock: realClock, random: realRandom };

it('is well where the practice store has it, once', async () => {
  let sums: unknown;
  const seen = (session: OpenedSession) => {
    const close = session.close.bind(session);
    session.close = (graceMs) => {
      sums = session.ledger.outbox.counts();
      return close(graceMs);
    };
  };
  expect(await practiceTopUp({ ...parts, open: openAnd(seen) })).toBeNull();
  expect(sums).toMatchObject({ confirmed: 1, queued: 0, sending: 0, unknown: 0 });
});

it('says why no session opens', async () => {
  expect(await practiceTopUp({ ...parts, open: async () => err(appError('disk-full')) })).toBe('disk-full');
});

it('is given up after a minute, and says how far it came', async () => {
  const clock = { ...realClock, schedule: (_: number, action: () => void) => realClock.schedule(0, action) };
  const idle = (session: OpenedSession) => {
    session.start = () => undefined;
    session.sending.loop.wake = () => undefined;
  };
  expect(await practiceTopUp({ ...parts, clock, open: openAnd(idle) })).toBe('it is queued');
});

it('does not wait where sending is paused, and says why', async () => {
  const paused = (session: OpenedSession) => {
    session.start = () => undefined;
    session.hosts.link.update((state) => ({
      ...state,
      pauses: [{ reason: 'disk', sinceMs: 0, words: 'disk-full', needsManager: false }],
    }));
  };
  expect(await practiceTopUp({ ...parts, open: openAnd(paused) })).toBe('it is queued (disk: disk-full)');
});
