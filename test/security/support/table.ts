import { describe, expect, test } from 'vitest';
import type { Fault } from '../../faults/fault.ts';
import type { AnyChange } from '../../faults/plant.ts';
import { isInDepth, isInSample } from '../../kit/depth.ts';
import { undone } from './mutant.ts';

/** A planted fault, and what the check must then say. */
export interface ModuleControl extends Fault {
  readonly finds: string;
}

export interface ModuleCheck<Modules extends object> {
  /** Number of the security check, as in `docs/security-checks.md`. */
  readonly number: string;
  readonly title: string;
  /** What gets through; nothing with the sound modules. */
  readonly breaches: (modules: Modules) => Promise<readonly string[]>;
  /** Layers that are opened in the sound modules too, since they would hide the one that is checked. */
  readonly given?: readonly AnyChange[];
  readonly controls: readonly ModuleControl[];
}

/** Each check on the sound modules and, in depth, on modules with a fault in them. */
export function checkModules<Modules extends object>(
  sound: Modules,
  checks: readonly ModuleCheck<Modules>[],
): void {
  if (isInSample)
    describe('sound', () => {
      test.each(checks)('$number: $title', async ({ breaches, given }) => {
        expect(await breaches(given === undefined ? sound : await undone(sound, given))).toEqual([]);
      });
    });
  if (!isInDepth) return;
  const controls = checks.flatMap((check) =>
    check.controls.map((control) => ({ ...control, check, number: check.number })),
  );
  describe('a fault is found out', () => {
    test.each(controls)('$number: $says ($finds)', async ({ check, changes, finds }) => {
      const broken = await undone(sound, [...(check.given ?? []), ...changes]);
      expect(await check.breaches(broken)).toContain(finds);
    });
  });
}

/** The names whose value is true: what got through. */
export const through = (found: Readonly<Record<string, boolean>>): readonly string[] =>
  Object.keys(found).filter((name) => found[name] === true);
