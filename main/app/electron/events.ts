import type { Net, PowerMonitor } from 'electron';
import { every } from '../../kernel/every.ts';
import type { Clock } from '../../kernel/ports.ts';

export interface PowerListener {
  readonly onSuspend: () => void;
  /** Not on every platform. */
  readonly onLockScreen: () => void;
  /** Not on every platform. */
  readonly onShutdown: () => void;
  readonly onResume: () => void;
}

/** After `ready`. Returns the way to stop. */
export function watchPower(
  monitor: Pick<PowerMonitor, 'on' | 'off'>,
  { onSuspend, onLockScreen, onShutdown, onResume }: PowerListener,
): () => void {
  monitor.on('suspend', onSuspend);
  monitor.on('lock-screen', onLockScreen);
  monitor.on('shutdown', onShutdown);
  monitor.on('resume', onResume);
  return () => {
    monitor.off('suspend', onSuspend);
    monitor.off('lock-screen', onLockScreen);
    monitor.off('shutdown', onShutdown);
    monitor.off('resume', onResume);
  };
}

export const NETWORK_POLL_MS = 2_000;

/**
 * Polls, since Electron's main process has no event for it. Online means a network, not that KYBIO is reachable. The
 * first result is no change. Returns the way to stop.
 */
export function watchNetwork(
  net: Pick<Net, 'isOnline'>,
  clock: Pick<Clock, 'schedule'>,
  onChange: (online: boolean) => void,
): () => void {
  let last = net.isOnline();
  return every(clock, NETWORK_POLL_MS, () => {
    const online = net.isOnline();
    if (online === last) return;
    last = online;
    onChange(online);
  });
}
