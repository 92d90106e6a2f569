import { describe, expect, test } from 'vitest';
import { isInDepth, isInSample } from '../../kit/depth.ts';
import { undone } from './mutant.ts';
import { misfits, type Patch } from './patch.ts';

export interface ModuleControl {
  /** What is undone, in words. */
  readonly undone: string;
  readonly undo: readonly Patch[];
  /** What the check must then say. */
  readonly finds: string;
}

export interface ModuleCheck<Modules extends object> {
  /** Number of the security check, as in `docs/security-checks.md`. */
  readonly number: string;
  readonly title: string;
  /** What gets through; nothing with the sound modules. */
  readonly breaches: (modules: Modules) => Promise<readonly string[]>;
  /** Layers that are opened in the sound modules too, since they would hide the one that is checked. */
  readonly given?: readonly Patch[];
  readonly controls: readonly ModuleControl[];
}

/** Each check on the sound modules and, in depth, on modules with a protection undone. */
export function checkModules<Modules extends object>(
  sound: Modules,
  paths: { readonly [Name in keyof Modules]: string },
  checks: readonly ModuleCheck<Modules>[],
): void {
  if (isInSample)
    describe('sound', () => {
      test.each(checks)('$number: $title', async ({ breaches, given }) => {
        expect(await breaches(given === undefined ? sound : await undone<Modules>(paths, given))).toEqual([]);
      });
    });
  const controls = checks.flatMap((check) =>
    check.controls.map((control) => ({ ...control, check, number: check.number })),
  );
  if (isInSample)
    test('every control still fits its source', () => {
      expect(controls.flatMap(({ check, undo }) => misfits([...(check.given ?? []), ...undo]))).toEqual([]);
    });
  if (!isInDepth) return;
  describe('modules without it are found out', () => {
    test.each(controls)('$number: $undone', async ({ check, undo, finds }) => {
      const broken = await undone<Modules>(paths, [...(check.given ?? []), ...undo]);
      expect(await check.breaches(broken)).toContain(finds);
    });
  });
}

/** The names whose value is true: what got through. */
export const through = (found: Readonly<Record<string, boolean>>): readonly string[] =>
  Object.keys(found).filter((name) => found[name] === true);
