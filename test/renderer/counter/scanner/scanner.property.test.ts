import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyPress } from '../../../../renderer/counter/scanner/scan-key.ts';
import * as keys from '../../support/key-streams.ts';
import {
  charPress,
  composed,
  fieldNames,
  inserted,
  namedPress,
  places,
  typedForm,
} from '../../support/typed-form.ts';

const scan = keys.scanOf(keys.code);
/** Also from the ways to pay, whose own digits a code may begin with. */
const anyPlace = fc.constantFrom(...places, 'ways' as const);
const anyMeant = fc.constantFrom('member' as const, 'amount' as const, null);

describe('a scan', () => {
  it('is looked up whole from wherever the focus is, and leaves no trace', () => {
    fc.assert(
      fc.property(scan, keys.texts, anyPlace, anyMeant, (stream, before, focus, meant) => {
        const form = typedForm({ texts: before, focus, meant });
        for (const press of keys.pressesOf(stream, 1_000)) form.press(press);
        form.passTo(10_000);
        keys.expectUntouched(form, before);
        expect(form.happened.found).toEqual(keys.codesHeard(stream.code));
        expect(form.chosen).toEqual([]);
      }),
      keys.runs,
    );
  });

  it('is looked up whole while an input method is on, whatever that writes meanwhile and afterwards', () => {
    const written = fc.constantFrom('', 'v', "vi'p", '中', '中文');
    fc.assert(
      fc.property(
        keys.scanOf(keys.american),
        keys.texts,
        fc.constantFrom(...fieldNames),
        fc.array(written, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (stream, before, focus, writes, takesAll) => {
          const form = typedForm({ texts: before, focus });
          const presses = keys.pressesOf(stream, 1_000);
          presses.forEach((press, index) => {
            // A digit that ends no composition comes as it is.
            const isPlain = !takesAll && /^\d$/.test(press.key);
            form.press(
              isPlain ? press : composed(press),
              isPlain ? undefined : writes[index % writes.length],
            );
          });
          const lastMs = presses.at(-1)?.atMs ?? 0;
          form.handOver('vip0012', lastMs + 3);
          keys.expectUntouched(form, before);
          expect(form.happened.found).toEqual(keys.codesHeard(stream.code));
        },
      ),
      keys.runs,
    );
  });

  it('comes after another at once, each is looked up, and second ends confirm nothing', () => {
    const scans = fc.array(
      fc.tuple(keys.scanOf(keys.code), fc.integer({ min: 1, max: 35 }), fc.integer({ min: 0, max: 2 })),
      {
        minLength: 2,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(scans, keys.texts, keys.place, (streams, before, focus) => {
        const form = typedForm({ texts: before, focus });
        let atMs = 1_000;
        for (const [stream, gapMs, seconds] of streams) {
          const presses = keys.pressesOf(stream, atMs);
          for (const press of presses) form.press(press);
          atMs = presses.at(-1)?.atMs ?? 0;
          for (let second = 0; second < seconds; second += 1) {
            atMs += gapMs;
            form.press(namedPress('Enter', atMs));
          }
          atMs += gapMs;
        }
        keys.expectUntouched(form, before);
        expect(form.happened.found).toEqual(streams.flatMap(([stream]) => keys.codesHeard(stream.code)));
      }),
      keys.runs,
    );
  });
});

/** What a code cannot hold, in the midst of it. */
const spoilers: readonly ((atMs: number) => KeyPress)[] = [
  (atMs) => namedPress('Dead', atMs, { code: 'Quote' }),
  (atMs) => charPress(']', atMs, { command: true }),
  (atMs) => charPress('v', atMs, { command: true }),
  (atMs) => namedPress('5', atMs, { code: 'Numpad5', command: true }),
  (atMs) => namedPress('Process', atMs, { code: '', isComposing: true }),
  (atMs) => charPress('7', atMs, { isRepeat: true }),
];
const keysBetween: readonly ((atMs: number) => KeyPress)[] = [
  ...spoilers,
  (atMs) => namedPress('Escape', atMs),
  (atMs) => namedPress('F10', atMs),
  (atMs) => namedPress('Backspace', atMs),
  (atMs) => namedPress('ArrowLeft', atMs),
];

describe('what is not surely a scan', () => {
  it('is never cut: a key that no code holds spoils all of it, wherever it falls', () => {
    fc.assert(
      fc.property(
        keys.scanOf(keys.code),
        keys.texts,
        keys.place,
        fc.nat(),
        fc.nat(),
        (stream, before, focus, where, which) => {
          const form = typedForm({ texts: before, focus });
          const presses = keys.pressesOf(stream, 1_000);
          const at = where % (presses.length - 1);
          const list = at === 0 ? spoilers : keysBetween;
          const spoil = list[which % list.length];
          presses.forEach((press, index) => {
            if (index === at) spoil && form.press(spoil(press.atMs));
            form.press(press);
          });
          expect(form.happened).toMatchObject({ found: [], credits: 0, lookedUp: [] });
        },
      ),
      keys.runs,
    );
  });

  it('is never cut by a stutter of the better part of a second on the way', () => {
    fc.assert(
      fc.property(
        keys.scanOf(keys.code),
        keys.texts,
        keys.place,
        fc.nat(),
        fc.integer({ min: 60, max: 900 }),
        (stream, before, focus, where, stutterMs) => {
          const form = typedForm({ texts: before, focus });
          const presses = keys.pressesOf(stream, 1_000);
          // Not before the third key: until then it might be a person's typing.
          const at = 3 + (where % Math.max(1, presses.length - 4));
          fc.pre(at < presses.length - 1);
          for (const [index, press] of presses.entries()) {
            form.press({ ...press, atMs: press.atMs + (index < at ? 0 : stutterMs) });
          }
          keys.expectUntouched(form, before);
          expect(form.happened.found).toEqual([]);
        },
      ),
      keys.runs,
    );
  });

  it('credits nobody where keys come slower than the scanner and quicker than a person', () => {
    const stream = keys.code.chain((chosen) =>
      fc.record({
        code: fc.constant(chosen),
        gaps: fc.array(fc.integer({ min: 36, max: 59 }), {
          minLength: Array.from(chosen).length,
          maxLength: Array.from(chosen).length,
        }),
        end: keys.end,
      }),
    );
    fc.assert(
      fc.property(stream, keys.texts, keys.place, (typed, before, focus) => {
        const form = typedForm({ texts: before, focus });
        for (const press of keys.pressesOf(typed, 1_000)) form.press(press);
        expect(form.happened).toMatchObject({ found: [], credits: 0 });
        // Only what stands alone in the member field is looked up as it stands.
        for (const lookedUp of form.happened.lookedUp) expect(lookedUp.trim()).toBe(typed.code.trim());
        if (form.happened.lookedUp.length === 0) expect(form.fields).toEqual(before);
      }),
      keys.runs,
    );
  });

  it('does nothing behind a dialog, and is typed as ordinary in its text box', () => {
    fc.assert(
      fc.property(keys.scanOf(keys.code), keys.texts, keys.place, (stream, before, focus) => {
        const form = typedForm({ texts: before, focus, isCovered: true });
        for (const press of keys.pressesOf(stream, 1_000)) form.press(press);
        form.passTo(10_000);
        expect(form.happened).toMatchObject({ found: [], refused: [] });
        const isTextBox = focus !== 'button' && focus !== 'none';
        if (isTextBox) {
          expect(form.fields).toEqual({ ...before, [focus]: inserted(before[focus], stream.code) });
        } else keys.expectUntouched(form, before);
      }),
      keys.runs,
    );
  });
});
