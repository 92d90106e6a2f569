import fc from 'fast-check';
import { expect } from 'vitest';
import { stripCode } from '../../../renderer/counter/scanner/scan-code.ts';
import type { KeyPress } from '../../../renderer/counter/scanner/scan-key.ts';
import { charPress, namedPress, places, scannerSettings, type Texts, type TypedForm } from './typed-form.ts';

// What scanners and people do to a form, in every way that a property tries.

/** A run is told by its seed; the same seed makes the same runs. */
export const runs = { numRuns: 2_000, seed: 14_014 };

export const american = fc
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
export const code = fc.oneof(
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
export const texts: fc.Arbitrary<Texts> = fc.record({
  member: text,
  amount: text,
  points: text,
  note: text,
  find: text,
});
export const place = fc.constantFrom(...places);
export const end = fc.constantFrom('Enter' as const, 'Tab' as const);

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

export const scanOf = (codes: fc.Arbitrary<string>): fc.Arbitrary<Stream> =>
  codes.chain((chosen) =>
    fc.record({ code: fc.constant(chosen), gaps: scanGaps(Array.from(chosen).length), end }),
  );

/** The presses of a scan that begins now, its end last. */
export function pressesOf({ code: chosen, gaps, end: ending }: Stream, startMs: number): KeyPress[] {
  let atMs = startMs;
  const chars = Array.from(chosen).map((char, index) => {
    if (index > 0) atMs += gaps[index - 1] ?? 0;
    return charPress(char, atMs);
  });
  return [...chars, namedPress(ending, atMs + (gaps.at(-1) ?? 0))];
}

export const codesHeard = (chosen: string) => [stripCode(chosen, scannerSettings).code].filter(Boolean);

/** Every field as it was, and no top-up of it. */
export function expectUntouched(form: TypedForm, before: Texts): void {
  expect(form.fields).toEqual(before);
  expect(form.happened).toMatchObject({ credits: 0, lookedUp: [], tabs: 0 });
}
