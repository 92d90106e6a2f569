import { expect, it } from 'vitest';
import { stateAfter } from '../../main/sending/detective-service.ts';
import { online, openLoop, pass } from '../kit/loop.ts';
import { draft, openOutbox, signer } from '../kit/outbox.ts';

it('an error on a reused socket is never taken for a refusal: it may have been another one’s answer', () => {
  const added = openOutbox().outbox.add(draft(), signer.sign);
  if (!added.ok) throw new Error(added.error.code);
  const after = (cause: 'reused-socket-error' | 'unknown-words') =>
    stateAfter(
      { ...added.value, cause },
      { decision: 'not-applied', suggestion: 'not-applied', reasons: ['exact-stillness'] },
    );
  expect(after('reused-socket-error')).toBe('queued');
  expect(after('unknown-words')).toBe('rejected');
});

it('what was answered once takes a connection of its own from then on', async () => {
  const till = openLoop();
  await online(till);
  await till.add('1');
  expect(till.sends()[0]?.newConnection).toBe(true);
  await till.sends()[0]?.end('overloaded');
  await pass(till, 60_000, 1_000);
  expect(till.sends()[0]?.newConnection).toBe(true);
});
