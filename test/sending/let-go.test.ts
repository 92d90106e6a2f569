import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { createDetectiveService } from '../../main/sending/detective-service.ts';
import { createEvidenceRepository } from '../../main/sending/evidence-repository.ts';
import { openLoop } from '../kit/loop.ts';
import { identity } from '../kit/outbox.ts';
import { answerLookUps, recordOf } from '../kit/reads.ts';
import { silentLogger } from '../kit/till.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Looks into one lost reply until a person is asked; whether what was gathered is still held by anybody. */
async function lookInto(till: ReturnType<typeof openLoop>) {
  let gathered: WeakRef<object> | null = null;
  const evidence = createEvidenceRepository(till.db);
  const detective = createDetectiveService({
    ...till,
    evidence: {
      ...evidence,
      keep: (id, atMs, content) => {
        gathered = new WeakRef((content as { readings: object }).readings);
        evidence.keep(id, atMs, content);
      },
    },
    logger: silentLogger,
    storeTimeZone: identity.storeTimeZone,
  });
  for (let minute = 0; minute < 30; minute += 1) {
    till.clock.pass(60_000);
    const { due } = detective.next(true, null);
    if (due !== null) await detective.perform(due.increment, due.step);
  }
  return {
    detective,
    isHeld: () => {
      if (gathered === null) throw new Error('nothing was gathered');
      collectGarbage();
      return gathered.deref() !== undefined;
    },
  };
}

it('what was gathered of a lost reply is let go when a person is asked', async () => {
  const { over } = answerLookUps((what) => recordOf(what));
  const till = openLoop({ over });
  till.loop.start();
  const { id } = await till.add('1');
  await till.sends()[0]?.end('lost');
  await till.loop.stop(0);
  const { detective, isHeld } = await lookInto(till);
  expect(till.outbox.byId(id)?.state).toBe('review');
  // A WeakRef holds its target to the end of the turn in which it was made.
  await new Promise((resolve) => setImmediate(resolve));
  expect(isHeld()).toBe(false);
  // Still in use, so it is not gone with all it knows.
  expect(detective.quiescentInMs(id)).toBe(0);
});
