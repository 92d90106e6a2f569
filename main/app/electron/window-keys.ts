import type { Input } from 'electron';
import type { ZoomWay } from './zoom.ts';

/** Keys that the window handles and the page never gets. */
export type WindowAct =
  | { readonly kind: 'zoom'; readonly way: ZoomWay }
  | { readonly kind: 'full-screen' }
  /** A menu's quit, close, hide or minimise. */
  | { readonly kind: 'leave' };

type Key = Pick<Input, 'type' | 'key' | 'code' | 'control' | 'meta' | 'alt' | 'isAutoRepeat'>;

// By character, and on the number pad by position, since its keys write nothing without Num Lock.
const zoomWays: Readonly<Record<string, ZoomWay>> = {
  '+': 'in',
  '=': 'in',
  NumpadAdd: 'in',
  '-': 'out',
  _: 'out',
  NumpadSubtract: 'out',
  '0': 'back',
  Numpad0: 'back',
};

const leaving: readonly string[] = ['q', 'w', 'h', 'm'];

/** Ctrl (Cmd on macOS) with +, − and 0, and F11; with Alt it would be AltGr on Windows. */
export function windowAct(key: Key, platform: NodeJS.Platform): WindowAct | null {
  if (key.type !== 'keyDown' || key.alt) return null;
  if (key.key === 'F11') {
    return key.control || key.meta || key.isAutoRepeat ? null : { kind: 'full-screen' };
  }
  const [command, other] = platform === 'darwin' ? [key.meta, key.control] : [key.control, key.meta];
  if (platform === 'darwin' && command && leaving.includes(key.key.toLowerCase())) return { kind: 'leave' };
  const way = command && !other ? (zoomWays[key.key] ?? zoomWays[key.code]) : undefined;
  return way === undefined ? null : { kind: 'zoom', way };
}
