import { expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { createDirectoryRepository } from '../../main/members/directory-repository.ts';
import { createDetectiveService } from '../../main/sending/detective-service.ts';
import { createEvidenceRepository } from '../../main/sending/evidence-repository.ts';
import type { DetectiveParts } from '../../main/sending/investigate-again.ts';
import { ok } from '../../preload/contract/index.ts';
import { member } from '../kit/member.ts';
import { openOutbox } from '../kit/outbox.ts';
import { silentLogger } from '../kit/till.ts';

/** An entry in review, of which a manager is about to answer. */
function openLook(around: { readonly overlapsNoSend: boolean }) {
  const till = openOutbox();
  const lost = till.attempt(till.add().id, 'unknown');
  till.transitions.sendToReview(lost, 'evidence-unclear');
  const evidence = createEvidenceRepository(till.db);
  let meanwhile: () => void = () => undefined;
  const reader = {
    byUid: async () => ({
      ...ok({ ...member, customerUid: lost.customerUid }),
      overlapsNoSend: around.overlapsNoSend,
    }),
    log: async () => {
      meanwhile();
      return ok([]);
    },
  };
  const detective = createDetectiveService({
    ...till,
    directory: createDirectoryRepository(till.db),
    reader: reader as unknown as DetectiveParts['reader'],
    evidence,
    settings: createSettings(till.db),
    logger: silentLogger,
    storeTimeZone: 'Asia/Singapore',
  });
  const increment = till.outbox.byId(lost.id);
  if (increment === null) throw new Error('gone');
  return {
    look: () => detective.investigateAgain(increment),
    kept: () => evidence.kept(lost.id),
    answeredMeanwhile: () => {
      meanwhile = () =>
        void till.transitions.decide(increment, {
          ...{ state: 'queued', cause: null },
          ...{ who: theManager, reason: 'it did not arrive', evidence: null },
        });
    },
  };
}

it('keeps what was read anew', async () => {
  const { look, kept } = openLook({ overlapsNoSend: true });
  expect(await look()).toMatchObject({ ok: true });
  expect(kept()?.content).toMatchObject({ readings: [{ balance: '1', point: '1' }] });
});

it('keeps no reading that overlaps a send of ours, and lets the manager try again', async () => {
  const { look, kept } = openLook({ overlapsNoSend: false });
  expect(await look()).toMatchObject({ error: { code: 'reading-needed' } });
  expect(kept()).toBeNull();
});

it('nor one of an entry that another manager has answered for meanwhile', async () => {
  const { look, kept, answeredMeanwhile } = openLook({ overlapsNoSend: true });
  answeredMeanwhile();
  expect(await look()).toMatchObject({ error: { code: 'entry-changed' } });
  expect(kept()).toBeNull();
});
