import { expect, it } from 'vitest';
import { createPendingAnswers } from '../../main/members/pending-answers.ts';

function answers() {
  let made = 0;
  return createPendingAnswers<string>(() => `look-up ${++made}`);
}

it('gives each answer out once, asked for before or after it came', async () => {
  const toCome = answers();
  let resolve = (_: string): void => undefined;
  const promise = new Promise<string>((answer) => {
    resolve = answer;
  });
  const [late, early] = [toCome.keep(promise), toCome.keep(Promise.resolve('early'))];
  const asked = toCome.take(late);
  resolve('late');
  expect(await asked).toBe('late');
  expect(await toCome.take(early)).toBe('early');
  expect(toCome.take(late)).toBeNull();
  expect(toCome.take('nobody')).toBeNull();
});

it('keeps the newest few', async () => {
  const toCome = answers();
  const names = Array.from({ length: 20 }, (_, at) => toCome.keep(Promise.resolve(String(at))));
  const kept = names.map((name) => toCome.take(name) !== null);
  expect(kept.filter(Boolean)).toHaveLength(8);
  expect(kept.slice(-8).every(Boolean)).toBe(true);
});

it('that fails while nobody asks for it fails nobody', async () => {
  const toCome = answers();
  const name = toCome.keep(Promise.reject(new Error('disk')));
  await new Promise((resolve) => setImmediate(resolve));
  await expect(toCome.take(name)).rejects.toThrow('disk');
});
