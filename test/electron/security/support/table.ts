import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../../faults/fault.ts';
import { isInDepth, isInSample } from '../../../kit/depth.ts';
import { type OpenApp, openApp, within } from './app.ts';
import type { Undone } from './doors.ts';

/** A planted fault, and what the check must then say, each by itself. */
export interface Control extends Fault<Undone> {
  readonly finds: readonly string[];
}

export interface Check {
  /** Numbers of the security checks, as in `docs/security-checks.md`. */
  readonly number: string;
  readonly title: string;
  /**
   * Attacks a running app and tells what got through; nothing in a sound build. It leaves the app as
   * it found it, unless it has one of its own.
   */
  readonly breaches: (app: OpenApp) => Promise<readonly string[]>;
  /** Layers that are opened in the sound build too, since they would hide the one that is checked. */
  readonly given?: readonly Undone[];
  readonly controls: readonly Control[];
}

async function attack(check: Check, undone: readonly Undone[]): Promise<readonly string[]> {
  const app = await openApp({ undone });
  try {
    return await within('the attack', check.breaches(app));
  } finally {
    await app.close();
  }
}

/** What got through once has got through. */
const once = { retry: 0 };

/** On the sound build, where nothing may get through. */
function checkSound(checks: readonly Check[]): void {
  const shared = checks.filter(({ given }) => given === undefined);
  describe('sound', () => {
    let app: OpenApp;
    beforeAll(async () => {
      app = await openApp();
    });
    afterAll(() => app.close());
    test.each(shared)('$number: $title', once, async ({ breaches }) => {
      expect(await within('the attack', breaches(app))).toEqual([]);
    });
  });
}

function checkOpened(checks: readonly Check[]): void {
  const opened = checks.filter(({ given }) => given !== undefined);
  if (opened.length > 0)
    describe('sound, with an outer layer opened', () => {
      test.each(opened)('$number: $title', once, async (check) => {
        expect(await attack(check, check.given ?? [])).toEqual([]);
      });
    });
}

/** Each check on each build with a fault in it. */
function checkControls(checks: readonly Check[]): void {
  const controls = checks.flatMap((check) => check.controls.map((control) => ({ ...control, check })));
  describe('a fault is found out', () => {
    test.each(controls.map((control) => ({ ...control, number: control.check.number })))(
      '$number: $says',
      async ({ check, changes, finds }) => {
        expect(await attack(check, [...(check.given ?? []), ...changes])).toEqual(
          expect.arrayContaining([...finds]),
        );
      },
    );
  });
}

/** The checks that need no build of their own are in the sample; the others, and what they must find, in the depth. */
export function checkAll(checks: readonly Check[]): void {
  if (isInSample) checkSound(checks);
  if (!isInDepth) return;
  checkOpened(checks);
  checkControls(checks);
}
