import { expect, it } from 'vitest';
import { createAppKeyCheck } from '../../../main/people/credentials/app-key-check.ts';

const KEY = '2D8A1F0C99E04B7DA2F3C1E65B7F9A10';

function door() {
  let nowMs = 0;
  const check = createAppKeyCheck((typed) => typed === KEY, { monotonicMs: () => nowMs });
  return {
    try: (typed: string) => check(typed)?.code ?? 'open',
    pass: (byMs: number) => {
      nowMs += byMs;
    },
  };
}

it('opens to the key, with space around it', () => {
  expect(door().try(` ${KEY}\r\n`)).toBe('open');
  expect(door().try('')).toBe('app-key-wrong');
});

it('locks for a minute after five wrong ones, then for twice as long', () => {
  const { try: attempt, pass } = door();
  for (let guess = 0; guess < 5; guess += 1) expect(attempt(String(guess))).toBe('app-key-wrong');
  pass(59_000);
  expect(attempt(KEY)).toBe('manager-locked-out');
  pass(1_000);
  expect(attempt('x')).toBe('app-key-wrong');
  pass(119_000);
  expect(attempt(KEY)).toBe('manager-locked-out');
  pass(1_000);
  expect(attempt(KEY)).toBe('open');
  expect(attempt('x')).toBe('app-key-wrong');
  expect(attempt(KEY)).toBe('open');
});
