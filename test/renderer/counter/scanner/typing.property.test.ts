import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as keys from '../../support/key-streams.ts';
import { charPress, fieldNames, inserted, namedPress, typedForm } from '../../support/typed-form.ts';

describe('a person', () => {
  it('at 60 ms a key and slower is never taken for a scan, and every character lands where it is meant', () => {
    const typing = keys.american
      .filter((typed) => typed[0] !== ' ')
      .chain((typed) =>
        fc.record({
          code: fc.constant(typed),
          gaps: fc.array(fc.integer({ min: 60, max: 400 }), {
            minLength: typed.length,
            maxLength: typed.length,
          }),
          end: keys.end,
        }),
      );
    fc.assert(
      fc.property(typing, keys.texts, keys.place, (typed, before, focus) => {
        const form = typedForm({ texts: before, focus });
        for (const press of keys.pressesOf(typed, 1_000)) form.press(press);
        const lands = focus === 'button' || focus === 'none' ? 'member' : focus;
        expect(form.fields).toEqual({ ...before, [lands]: inserted(before[lands], typed.code) });
        const isEnter = typed.end === 'Enter';
        expect(form.happened).toEqual({
          found: [],
          refused: [],
          tabs: isEnter ? 0 : 1,
          lookedUp: isEnter && lands === 'member' ? [form.fields.member.value] : [],
          credits: isEnter && lands !== 'member' && lands !== 'find' ? 1 : 0,
        });
      }),
      keys.runs,
    );
  });

  it('keeps what is half typed when a scan comes, wherever both are', () => {
    fc.assert(
      fc.property(
        keys.scanOf(keys.code),
        keys.texts,
        fc.constantFrom(...fieldNames),
        fc.stringMatching(/^[0-9a-z.]{2,8}$/),
        fc.integer({ min: 60, max: 500 }),
        fc.integer({ min: 60, max: 3_000 }),
        (stream, before, focus, half, gapMs, pauseMs) => {
          const form = typedForm({ texts: before, focus });
          for (const [index, char] of Array.from(half).entries())
            form.press(charPress(char, 1_000 + index * gapMs));
          const startMs = 1_000 + (half.length - 1) * gapMs + Math.max(pauseMs, gapMs >= 500 ? 150 : 60);
          for (const press of keys.pressesOf(stream, startMs)) form.press(press);
          keys.expectUntouched(form, { ...before, [focus]: inserted(before[focus], half) });
          expect(form.happened.found).toEqual(keys.codesHeard(stream.code));
        },
      ),
      keys.runs,
    );
  });

  it('is not disturbed by scans between: the form is as it would be without them', () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('scan' as const),
        stream: keys.scanOf(keys.code),
        seconds: fc.nat({ max: 1 }),
      }),
      fc.record({
        kind: fc.constant('person' as const),
        text: fc.stringMatching(/^[0-9a-zA-Z., -]{2,10}$/),
        gapMs: fc.integer({ min: 60, max: 300 }),
        enters: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('focus' as const), on: fc.constantFrom(...fieldNames) }),
    );
    fc.assert(
      fc.property(keys.texts, fc.array(step, { minLength: 1, maxLength: 12 }), (before, steps) => {
        const withScans = typedForm({ texts: before, focus: 'amount' });
        const without = typedForm({ texts: before, focus: 'amount' });
        let atMs = 1_000;
        for (const taken of steps) {
          atMs += 150;
          if (taken.kind === 'focus') {
            withScans.now.focus = taken.on;
            without.now.focus = taken.on;
          } else if (taken.kind === 'scan') {
            const presses = keys.pressesOf(taken.stream, atMs);
            atMs = presses.at(-1)?.atMs ?? atMs;
            for (let second = 0; second < taken.seconds; second += 1) {
              atMs += 5;
              presses.push(namedPress('Enter', atMs));
            }
            for (const press of presses) withScans.press(press);
          } else {
            const presses = Array.from(taken.text).map((char, index) =>
              charPress(char, atMs + index * taken.gapMs),
            );
            atMs += taken.text.length * taken.gapMs;
            if (taken.enters) presses.push(namedPress('Enter', atMs));
            for (const press of presses) {
              withScans.press(press);
              without.press(press);
            }
          }
        }
        const scanned = steps.flatMap((taken) =>
          taken.kind === 'scan' ? keys.codesHeard(taken.stream.code) : [],
        );
        expect(withScans.fields).toEqual(without.fields);
        expect(withScans.happened).toEqual({ ...without.happened, found: scanned });
      }),
      keys.runs,
    );
  });
});
