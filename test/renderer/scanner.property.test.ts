import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripCode } from '../../renderer/logic/scan-code.ts';
import type { KeyPress } from '../../renderer/logic/scan-key.ts';
import {
  charPress,
  composed,
  fieldNames,
  inserted,
  namedPress,
  places,
  scannerSettings,
  type Texts,
  type TypedForm,
  typedForm,
} from './support/typed-form.ts';

/** A run is told by its seed; the same seed makes the same runs. */
const runs = { numRuns: 2_000, seed: 14_014 };

const american = fc
  .array(fc.integer({ min: 0x20, max: 0x7e }), { minLength: 3, maxLength: 40 })
  .map((points) => String.fromCharCode(...points));
const anyPrintable = fc
  .array(
    fc.string({
      unit: fc.constantFrom(...Array.from('0019AZaz-_/\'"; ]%?é中９Ａ٣€')),
      minLength: 1,
      maxLength: 1,
    }),
    {
      minLength: 3,
      maxLength: 40,
    },
  )
  .map((chars) => chars.join(''));
const code = fc.oneof(
  american,
  anyPrintable,
  fc.stringMatching(/^[0-9]{3,20}$/),
  fc.stringMatching(/^[A-Z]{2,4}-[0-9]{1,8}$/),
);

/** Whatever stood in a field, and whatever of it was selected. */
const text = fc.tuple(fc.string({ maxLength: 12 }), fc.nat(), fc.nat()).map(([value, one, other]) => ({
  value,
  start: Math.min(one % (value.length + 1), other % (value.length + 1)),
  end: Math.max(one % (value.length + 1), other % (value.length + 1)),
}));
const texts: fc.Arbitrary<Texts> = fc.record({
  member: text,
  amount: text,
  points: text,
  note: text,
  find: text,
});
const place = fc.constantFrom(...places);
const end = fc.constantFrom('Enter' as const, 'Tab' as const);

/** Times between keys, the last before the end: even, or uneven with this mean at most. */
const gapsUpTo =
  (meanMs: number, longestMs: number) =>
  (count: number): fc.Arbitrary<number[]> =>
    fc.oneof(
      fc.integer({ min: 1, max: meanMs }).map((gapMs) => Array.from({ length: count }, () => gapMs)),
      fc
        .array(fc.integer({ min: 0, max: longestMs - meanMs }), { minLength: count, maxLength: count })
        .map((drifts) =>
          drifts.map((drift, index) => {
            // Each key that comes late is followed by one that comes as much early.
            if (index % 2 === 0) return index === count - 1 ? meanMs : meanMs + Math.min(drift, meanMs - 1);
            return meanMs - Math.min(drifts[index - 1] ?? 0, meanMs - 1);
          }),
        ),
    );
const scanGaps = gapsUpTo(35, 59);

interface Stream {
  readonly code: string;
  readonly gaps: readonly number[];
  readonly end: 'Enter' | 'Tab';
}

const scanOf = (codes: fc.Arbitrary<string>): fc.Arbitrary<Stream> =>
  codes.chain((chosen) =>
    fc.record({ code: fc.constant(chosen), gaps: scanGaps(Array.from(chosen).length), end }),
  );

/** The presses of a scan that begins now, its end last. */
function pressesOf({ code: chosen, gaps, end: ending }: Stream, startMs: number): KeyPress[] {
  let atMs = startMs;
  const chars = Array.from(chosen).map((char, index) => {
    if (index > 0) atMs += gaps[index - 1] ?? 0;
    return charPress(char, atMs);
  });
  return [...chars, namedPress(ending, atMs + (gaps.at(-1) ?? 0))];
}

const codesHeard = (chosen: string) => [stripCode(chosen, scannerSettings).code].filter(Boolean);

/** Every field as it was, and no top-up of it. */
function expectUntouched(form: TypedForm, before: Texts): void {
  expect(form.fields).toEqual(before);
  expect(form.happened).toMatchObject({ credits: 0, lookedUp: [], tabs: 0 });
}

describe('a scan', () => {
  it('is looked up whole from wherever the focus is, and leaves no trace', () => {
    fc.assert(
      fc.property(scanOf(code), texts, place, (stream, before, focus) => {
        const form = typedForm({ texts: before, focus });
        for (const press of pressesOf(stream, 1_000)) form.press(press);
        form.passTo(10_000);
        expectUntouched(form, before);
        expect(form.happened.found).toEqual(codesHeard(stream.code));
      }),
      runs,
    );
  });

  it('is looked up whole while an input method is on, whatever that writes meanwhile and afterwards', () => {
    const written = fc.constantFrom('', 'v', "vi'p", '中', '中文');
    fc.assert(
      fc.property(
        scanOf(american),
        texts,
        fc.constantFrom(...fieldNames),
        fc.array(written, { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (stream, before, focus, writes, takesAll) => {
          const form = typedForm({ texts: before, focus });
          const presses = pressesOf(stream, 1_000);
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
          expectUntouched(form, before);
          expect(form.happened.found).toEqual(codesHeard(stream.code));
        },
      ),
      runs,
    );
  });

  it('comes after another at once, each is looked up, and second ends confirm nothing', () => {
    const scans = fc.array(
      fc.tuple(scanOf(code), fc.integer({ min: 1, max: 35 }), fc.integer({ min: 0, max: 2 })),
      {
        minLength: 2,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(scans, texts, place, (streams, before, focus) => {
        const form = typedForm({ texts: before, focus });
        let atMs = 1_000;
        for (const [stream, gapMs, seconds] of streams) {
          const presses = pressesOf(stream, atMs);
          for (const press of presses) form.press(press);
          atMs = presses.at(-1)?.atMs ?? 0;
          for (let second = 0; second < seconds; second += 1) {
            atMs += gapMs;
            form.press(namedPress('Enter', atMs));
          }
          atMs += gapMs;
        }
        expectUntouched(form, before);
        expect(form.happened.found).toEqual(streams.flatMap(([stream]) => codesHeard(stream.code)));
      }),
      runs,
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
      fc.property(scanOf(code), texts, place, fc.nat(), fc.nat(), (stream, before, focus, where, which) => {
        const form = typedForm({ texts: before, focus });
        const presses = pressesOf(stream, 1_000);
        const at = where % (presses.length - 1);
        const list = at === 0 ? spoilers : keysBetween;
        const spoil = list[which % list.length];
        presses.forEach((press, index) => {
          if (index === at) spoil && form.press(spoil(press.atMs));
          form.press(press);
        });
        expect(form.happened).toMatchObject({ found: [], credits: 0, lookedUp: [] });
      }),
      runs,
    );
  });

  it('is never cut by a stutter of the better part of a second on the way', () => {
    fc.assert(
      fc.property(
        scanOf(code),
        texts,
        place,
        fc.nat(),
        fc.integer({ min: 60, max: 900 }),
        (stream, before, focus, where, stutterMs) => {
          const form = typedForm({ texts: before, focus });
          const presses = pressesOf(stream, 1_000);
          // Not before the third key: until then it might be a person's typing.
          const at = 3 + (where % Math.max(1, presses.length - 4));
          fc.pre(at < presses.length - 1);
          for (const [index, press] of presses.entries()) {
            form.press({ ...press, atMs: press.atMs + (index < at ? 0 : stutterMs) });
          }
          expectUntouched(form, before);
          expect(form.happened.found).toEqual([]);
        },
      ),
      runs,
    );
  });

  it('credits nobody where keys come slower than the scanner and quicker than a person', () => {
    const stream = code.chain((chosen) =>
      fc.record({
        code: fc.constant(chosen),
        gaps: fc.array(fc.integer({ min: 36, max: 59 }), {
          minLength: Array.from(chosen).length,
          maxLength: Array.from(chosen).length,
        }),
        end,
      }),
    );
    fc.assert(
      fc.property(stream, texts, place, (typed, before, focus) => {
        const form = typedForm({ texts: before, focus });
        for (const press of pressesOf(typed, 1_000)) form.press(press);
        expect(form.happened).toMatchObject({ found: [], credits: 0 });
        // Only what stands alone in the member field is looked up as it stands.
        for (const lookedUp of form.happened.lookedUp) expect(lookedUp.trim()).toBe(typed.code.trim());
        if (form.happened.lookedUp.length === 0) expect(form.fields).toEqual(before);
      }),
      runs,
    );
  });

  it('does nothing behind a dialog, and is typed as ordinary in its text box', () => {
    fc.assert(
      fc.property(scanOf(code), texts, place, (stream, before, focus) => {
        const form = typedForm({ texts: before, focus, isCovered: true });
        for (const press of pressesOf(stream, 1_000)) form.press(press);
        form.passTo(10_000);
        expect(form.happened).toMatchObject({ found: [], refused: [] });
        const isTextBox = focus !== 'button' && focus !== 'none';
        if (isTextBox) {
          expect(form.fields).toEqual({ ...before, [focus]: inserted(before[focus], stream.code) });
        } else expectUntouched(form, before);
      }),
      runs,
    );
  });
});

describe('a person', () => {
  it('at 60 ms a key and slower is never taken for a scan, and every character lands where it is meant', () => {
    const typing = american
      .filter((typed) => typed[0] !== ' ')
      .chain((typed) =>
        fc.record({
          code: fc.constant(typed),
          gaps: fc.array(fc.integer({ min: 60, max: 400 }), {
            minLength: typed.length,
            maxLength: typed.length,
          }),
          end,
        }),
      );
    fc.assert(
      fc.property(typing, texts, place, (typed, before, focus) => {
        const form = typedForm({ texts: before, focus });
        for (const press of pressesOf(typed, 1_000)) form.press(press);
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
      runs,
    );
  });

  it('keeps what is half typed when a scan comes, wherever both are', () => {
    fc.assert(
      fc.property(
        scanOf(code),
        texts,
        fc.constantFrom(...fieldNames),
        fc.stringMatching(/^[0-9a-z.]{2,8}$/),
        fc.integer({ min: 60, max: 500 }),
        fc.integer({ min: 60, max: 3_000 }),
        (stream, before, focus, half, gapMs, pauseMs) => {
          const form = typedForm({ texts: before, focus });
          for (const [index, char] of Array.from(half).entries())
            form.press(charPress(char, 1_000 + index * gapMs));
          const startMs = 1_000 + (half.length - 1) * gapMs + Math.max(pauseMs, gapMs >= 500 ? 150 : 60);
          for (const press of pressesOf(stream, startMs)) form.press(press);
          expectUntouched(form, { ...before, [focus]: inserted(before[focus], half) });
          expect(form.happened.found).toEqual(codesHeard(stream.code));
        },
      ),
      runs,
    );
  });

  it('is not disturbed by scans between: the form is as it would be without them', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('scan' as const), stream: scanOf(code), seconds: fc.nat({ max: 1 }) }),
      fc.record({
        kind: fc.constant('person' as const),
        text: fc.stringMatching(/^[0-9a-zA-Z., -]{2,10}$/),
        gapMs: fc.integer({ min: 60, max: 300 }),
        enters: fc.boolean(),
      }),
      fc.record({ kind: fc.constant('focus' as const), on: fc.constantFrom(...fieldNames) }),
    );
    fc.assert(
      fc.property(texts, fc.array(step, { minLength: 1, maxLength: 12 }), (before, steps) => {
        const withScans = typedForm({ texts: before, focus: 'amount' });
        const without = typedForm({ texts: before, focus: 'amount' });
        let atMs = 1_000;
        for (const taken of steps) {
          atMs += 150;
          if (taken.kind === 'focus') {
            withScans.now.focus = taken.on;
            without.now.focus = taken.on;
          } else if (taken.kind === 'scan') {
            const presses = pressesOf(taken.stream, atMs);
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
          taken.kind === 'scan' ? codesHeard(taken.stream.code) : [],
        );
        expect(withScans.fields).toEqual(without.fields);
        expect(withScans.happened).toEqual({ ...without.happened, found: scanned });
      }),
      runs,
    );
  });
});
