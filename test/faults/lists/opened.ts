import { type Undone, windowWith } from '../../electron/security/support/doors.ts';
import type { AnyChange } from '../plant.ts';

// Layers that are opened in sound builds too, since they would hide the one that is checked: no faults, and found by
// nobody.

export const secretOfNoSchema = 'a-secret-that-no-schema-names';
export const listedAddress = 'https://help.example/till';

export const frameMayLoad: readonly AnyChange[] = [
  { in: 'CONTENT_SECURITY_POLICY', find: '"default-src \'none\'"', put: "'default-src *'" },
  { page: 'index', directive: 'frame-src', put: '*' },
];

export const oneListedAddress: AnyChange = {
  in: 'externalLinks',
  find: 'new Set<string>()',
  put: `new Set<string>(['${listedAddress}'])`,
};

/** The preload runs in frames too, and lets raw messages through: what a broken renderer could send. */
export const rawMessages: readonly Undone[] = [
  windowWith({ nodeIntegrationInSubFrames: true }),
  {
    beside: 'CHANNEL_NAMES',
    find: '...Object.fromEntries($methods), onChanges',
    put: '$$, raw: (message: unknown) => ipcRenderer.invoke(CALL_CHANNEL, message)',
  },
];

/** A careless handler each: one that answers with more than was promised, one that answers without end. */
export const carelessHandlers: readonly AnyChange[] = [
  {
    in: 'createMembersRoom',
    find: 'members: [...found.value.members]',
    put: `$$, key: '${secretOfNoSchema}'`,
  },
  {
    in: 'createManagerRoom.manager:makePin',
    find: 'const needsNoAppKey = $known;',
    put: 'return { ok: true, value: { recoveryCode: pin.repeat(600_000) } }; $$',
  },
  {
    in: 'createCallBudget',
    find: "lookUpsLeft: callsFor('refresh', now)",
    put: `...{ key: '${secretOfNoSchema}' }, $$`,
  },
];

/** A release that takes every switch: the door by which a test gets into one. */
export const releaseTakesAll: AnyChange = {
  in: 'startProblem',
  beside: 'guardStart',
  find: '!isRelease(start)',
  put: 'start !== null',
};
